-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "held_decision" TEXT,
ADD COLUMN     "held_run" UUID,
ADD COLUMN     "held_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "feed_run" ADD COLUMN     "held" JSONB,
ADD COLUMN     "progress" JSONB;

-- CreateTable
CREATE TABLE "own_feed" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "category" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "tlp" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "licence_url" TEXT,
    "redistribution" TEXT NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "lifetime_days" INTEGER,
    "auth" TEXT NOT NULL DEFAULT 'none',
    "auth_name" TEXT,
    "secret" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "own_feed_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "own_feed" ADD CONSTRAINT "own_feed_id_fkey" FOREIGN KEY ("id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;