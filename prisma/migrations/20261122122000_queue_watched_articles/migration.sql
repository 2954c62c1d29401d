-- AlterTable
ALTER TABLE "watchlist_progress" DROP COLUMN "article_at",
DROP COLUMN "article_id";

-- CreateTable
CREATE TABLE "watchlist_article" (
    "seq" BIGSERIAL NOT NULL,
    "article_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "watchlist_article_pkey" PRIMARY KEY ("seq")
);
