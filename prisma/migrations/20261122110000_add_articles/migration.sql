-- CreateTable
CREATE TABLE "article" (
    "id" UUID NOT NULL,
    "feed_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "canonical_url" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "text" TEXT,
    "image_url" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "modified_at" TIMESTAMPTZ(3) NOT NULL,
    "content_hash" TEXT NOT NULL,
    "source_name" TEXT NOT NULL,
    "source_type" TEXT NOT NULL,
    "source_tier" SMALLINT NOT NULL,
    "category" TEXT NOT NULL,
    "category_label" TEXT NOT NULL,
    "severity_score" DOUBLE PRECISION NOT NULL,
    "severity_label" TEXT NOT NULL,
    "severity_reason" TEXT NOT NULL,
    "tech_tags" TEXT[],
    "industry_tags" TEXT[],
    "threat_actors" TEXT[],
    "malware_families" TEXT[],
    "cve_ids" TEXT[],
    "mitre_techniques" TEXT[],
    "ioc_count" INTEGER NOT NULL,
    "has_iocs" BOOLEAN NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "search" tsvector NOT NULL,

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_ioc" (
    "article_id" UUID NOT NULL,
    "ioc_id" UUID NOT NULL,
    "context" TEXT,

    CONSTRAINT "article_ioc_pkey" PRIMARY KEY ("article_id","ioc_id")
);

-- CreateIndex
CREATE INDEX "article_published_at_id_idx" ON "article"("published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_modified_at_id_idx" ON "article"("modified_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_severity_score_published_at_id_idx" ON "article"("severity_score" DESC, "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_search_idx" ON "article" USING GIN ("search");

-- CreateIndex
CREATE INDEX "article_cve_ids_mitre_techniques_industry_tags_idx" ON "article" USING GIN ("cve_ids", "mitre_techniques", "industry_tags");

-- CreateIndex
CREATE INDEX "article_ioc_ioc_id_idx" ON "article_ioc"("ioc_id");
