-- CreateTable
CREATE TABLE "sighting_record" (
    "feed_id" TEXT NOT NULL,
    "record" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,

    CONSTRAINT "sighting_record_pkey" PRIMARY KEY ("feed_id","record","ioc_id")
);

-- CreateIndex
CREATE INDEX "sighting_record_ioc_id_feed_id_idx" ON "sighting_record"("ioc_id", "feed_id");