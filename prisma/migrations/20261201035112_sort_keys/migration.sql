-- CreateIndex
CREATE INDEX "api_key_workspace_id_name_id_idx" ON "api_key"("workspace_id", "name", "id");

-- CreateIndex
CREATE INDEX "api_key_workspace_id_expires_at_id_idx" ON "api_key"("workspace_id", "expires_at", "id");
