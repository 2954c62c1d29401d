-- AlterTable
ALTER TABLE "watchlist_progress" DROP COLUMN "published_at";

-- CreateTable
CREATE TABLE "watchlist_change" (
    "seq" BIGSERIAL NOT NULL,
    "ioc_id" UUID NOT NULL,

    CONSTRAINT "watchlist_change_pkey" PRIMARY KEY ("seq")
);
