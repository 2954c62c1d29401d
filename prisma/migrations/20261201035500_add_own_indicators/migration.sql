-- CreateTable
CREATE TABLE "own_indicator" (
    "workspace_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "external_id" TEXT,
    "confidence" SMALLINT NOT NULL,
    "tlp" TEXT NOT NULL,
    "tags" TEXT[],
    "threat_type" TEXT,
    "malware_family" TEXT,
    "comment" TEXT,
    "reference_url" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "warnings" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_indicator_pkey" PRIMARY KEY ("workspace_id","ioc_id")
);

-- CreateTable
CREATE TABLE "own_store" (
    "workspace_id" UUID NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "changes" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "own_store_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "own_indicator_workspace_id_updated_at_ioc_id_idx" ON "own_indicator"("workspace_id", "updated_at" DESC, "ioc_id" DESC);

-- CreateIndex
CREATE INDEX "own_indicator_ioc_id_idx" ON "own_indicator"("ioc_id");

-- CreateIndex
CREATE UNIQUE INDEX "own_indicator_workspace_id_external_id_key" ON "own_indicator"("workspace_id", "external_id");

-- AddForeignKey
ALTER TABLE "own_indicator" ADD CONSTRAINT "own_indicator_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "own_store"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_store" ADD CONSTRAINT "own_store_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;