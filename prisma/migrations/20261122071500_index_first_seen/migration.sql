-- CreateIndex
CREATE INDEX "ioc_first_seen_id_idx" ON "ioc"("first_seen", "id");
