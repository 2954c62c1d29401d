-- CreateTable
CREATE TABLE "watchlist" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "notify" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "told_id" BIGINT NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "watchlist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watchlist_entry" (
    "id" UUID NOT NULL,
    "watchlist_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "ioc_type" TEXT,
    "network" INET,
    "subdomains" BOOLEAN NOT NULL DEFAULT true,
    "lookalikes" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "compared_at" TIMESTAMPTZ(3),
    "day" DATE,
    "day_matches" INTEGER NOT NULL DEFAULT 0,
    "unlisted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "watchlist_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watchlist_key" (
    "key" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "watchlist_key_pkey" PRIMARY KEY ("key","entry_id")
);

-- CreateTable
CREATE TABLE "watchlist_match" (
    "id" BIGSERIAL NOT NULL,
    "watchlist_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "generation" SMALLINT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "held" BOOLEAN NOT NULL,
    "matched_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,

    CONSTRAINT "watchlist_match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watchlist_progress" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "published_at" TIMESTAMPTZ(6),
    "article_at" TIMESTAMPTZ(3),
    "article_id" UUID,
    "comparing" TIMESTAMPTZ(3),

    CONSTRAINT "watchlist_progress_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "watchlist_workspace_id_created_at_id_idx" ON "watchlist"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "watchlist_entry_watchlist_id_created_at_id_idx" ON "watchlist_entry"("watchlist_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "watchlist_entry_network_idx" ON "watchlist_entry" USING GIST ("network" inet_ops);

-- CreateIndex
CREATE INDEX "watchlist_entry_compared_at_idx" ON "watchlist_entry"("compared_at");

-- CreateIndex
CREATE UNIQUE INDEX "watchlist_entry_watchlist_id_kind_value_key" ON "watchlist_entry"("watchlist_id", "kind", "value");

-- CreateIndex
CREATE INDEX "watchlist_key_entry_id_idx" ON "watchlist_key"("entry_id");

-- CreateIndex
CREATE INDEX "watchlist_match_watchlist_id_id_idx" ON "watchlist_match"("watchlist_id", "id" DESC);

-- CreateIndex
CREATE INDEX "watchlist_match_watchlist_id_acknowledged_at_id_idx" ON "watchlist_match"("watchlist_id", "acknowledged_at", "id" DESC);

-- CreateIndex
CREATE INDEX "watchlist_match_watchlist_id_matched_at_idx" ON "watchlist_match"("watchlist_id", "matched_at");

-- CreateIndex
CREATE INDEX "watchlist_match_last_at_idx" ON "watchlist_match"("last_at");

-- CreateIndex
CREATE UNIQUE INDEX "watchlist_match_entry_id_subject_id_generation_key" ON "watchlist_match"("entry_id", "subject_id", "generation");

-- AddForeignKey
ALTER TABLE "watchlist" ADD CONSTRAINT "watchlist_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchlist_entry" ADD CONSTRAINT "watchlist_entry_watchlist_id_fkey" FOREIGN KEY ("watchlist_id") REFERENCES "watchlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchlist_key" ADD CONSTRAINT "watchlist_key_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "watchlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchlist_match" ADD CONSTRAINT "watchlist_match_watchlist_id_fkey" FOREIGN KEY ("watchlist_id") REFERENCES "watchlist"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watchlist_match" ADD CONSTRAINT "watchlist_match_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "watchlist_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- How far changes have been compared: nothing has been, and nothing is watched yet.
INSERT INTO "watchlist_progress" ("id") VALUES (1);
