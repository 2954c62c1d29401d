-- AlterTable
ALTER TABLE "watchlist_match" ADD COLUMN     "assigned_to" TEXT,
ADD COLUMN     "comments" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "watchlist_comment" (
    "id" BIGSERIAL NOT NULL,
    "match_id" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "watchlist_comment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "watchlist_comment_match_id_id_idx" ON "watchlist_comment"("match_id", "id");

-- AddForeignKey
ALTER TABLE "watchlist_comment" ADD CONSTRAINT "watchlist_comment_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "watchlist_match"("id") ON DELETE CASCADE ON UPDATE CASCADE;
