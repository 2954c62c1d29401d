-- AlterTable
ALTER TABLE "ioc" ADD COLUMN     "article_id" UUID,
ADD COLUMN     "generation" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "reputation" SMALLINT NOT NULL DEFAULT 50,
ADD COLUMN     "stale_at" TIMESTAMPTZ(3),
ADD COLUMN     "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sighting" ADD COLUMN     "article_id" UUID,
ADD COLUMN     "valid_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ioc_change" (
    "seq" BIGSERIAL NOT NULL,
    "ioc_id" UUID NOT NULL,

    CONSTRAINT "ioc_change_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "publication" (
    "stix_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "generation" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "date_added" TIMESTAMPTZ(6) NOT NULL,
    "modified" TIMESTAMPTZ(3) NOT NULL,
    "frozen" JSONB,

    CONSTRAINT "publication_pkey" PRIMARY KEY ("stix_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "publication_date_added_key" ON "publication"("date_added");

-- CreateIndex
CREATE INDEX "publication_kind_date_added_idx" ON "publication"("kind", "date_added");

-- CreateIndex
CREATE INDEX "publication_ioc_id_idx" ON "publication"("ioc_id");

-- CreateIndex
CREATE INDEX "ioc_stale_at_idx" ON "ioc"("stale_at");

-- What is held already is published, gets its end, and its next step from the first sweep.
UPDATE "ioc" SET "stale_at" = CURRENT_TIMESTAMP, "valid_until" = CASE
  WHEN "type" IN ('ipv4', 'ipv6') THEN CURRENT_TIMESTAMP + interval '30 days'
  WHEN "type" = 'url' THEN CURRENT_TIMESTAMP + interval '60 days'
  WHEN "type" = 'domain' THEN CURRENT_TIMESTAMP + interval '90 days'
  WHEN "type" = 'email' THEN CURRENT_TIMESTAMP + interval '180 days'
  WHEN "type" IN ('md5', 'sha1', 'sha256', 'sha512') THEN CURRENT_TIMESTAMP + interval '730 days'
END;
UPDATE "sighting" SET "valid_until" = "ioc"."valid_until" FROM "ioc" WHERE "ioc"."id" = "sighting"."ioc_id";
INSERT INTO "ioc_change" ("ioc_id") SELECT "id" FROM "ioc" ORDER BY "updated_at", "id";
