-- AlterTable
ALTER TABLE "own_store" ADD COLUMN     "harmless" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sightings" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "verdicts" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "own_sighting" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "workspace_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL DEFAULT '',
    "occurrences" INTEGER NOT NULL,
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "own_sighting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "own_seen" (
    "workspace_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "occurrences" BIGINT NOT NULL,
    "reports" INTEGER NOT NULL,
    "places" TEXT[],

    CONSTRAINT "own_seen_pkey" PRIMARY KEY ("workspace_id","ioc_id")
);

-- CreateTable
CREATE TABLE "own_verdict" (
    "workspace_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "review" TEXT NOT NULL DEFAULT 'none',
    "review_note" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "own_verdict_pkey" PRIMARY KEY ("workspace_id","ioc_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "own_sighting_workspace_id_ioc_id_seen_at_place_key" ON "own_sighting"("workspace_id", "ioc_id", "seen_at", "place");

-- CreateIndex
CREATE INDEX "own_sighting_workspace_id_seen_at_id_idx" ON "own_sighting"("workspace_id", "seen_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "own_verdict_workspace_id_updated_at_ioc_id_idx" ON "own_verdict"("workspace_id", "updated_at" DESC, "ioc_id" DESC);

-- CreateIndex
CREATE INDEX "own_verdict_review_updated_at_idx" ON "own_verdict"("review", "updated_at");

-- AddForeignKey
ALTER TABLE "own_sighting" ADD CONSTRAINT "own_sighting_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "own_store"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_seen" ADD CONSTRAINT "own_seen_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "own_store"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_verdict" ADD CONSTRAINT "own_verdict_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "own_store"("workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;
