-- CreateTable
CREATE TABLE "sample" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "workspace_id" UUID,
    "anchor_at" TIMESTAMPTZ(3) NOT NULL,
    "loaded_by" TEXT NOT NULL,
    "busy_until" TIMESTAMPTZ(3),

    CONSTRAINT "sample_pkey" PRIMARY KEY ("id")
);

-- AlterTable: whether the last pull failed only because nothing of the feed could be reached
ALTER TABLE "feed" ADD COLUMN "unreachable" BOOLEAN NOT NULL DEFAULT false;
