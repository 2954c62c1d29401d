-- What lists filter by, as one number: all rows of one facet pass a filter, or none does. Plain SQL, which the planner
-- puts in the place of the call; the index below and core/iocs/facets compute the same.
CREATE FUNCTION "ioc_facet_of"(
  "type" TEXT, "confidence" SMALLINT, "risk_score" SMALLINT, "warned" BOOLEAN, "withdrawn" BOOLEAN,
  "sources" TEXT[], "categories" TEXT[], "industries" TEXT[]
) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT hashtextextended($1, hash_array_extended(COALESCE($6, '{}'), 1) # hash_array_extended(COALESCE($7, '{}'), 2)
    # hash_array_extended(COALESCE($8, '{}'), 3) # ((($2::bigint * 256 + $3::bigint) * 2 + $4::int::bigint) * 2 + $5::int::bigint))
$$;

-- CreateTable
CREATE TABLE "ioc_facet" (
    "facet" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "confidence" SMALLINT NOT NULL,
    "risk_score" SMALLINT NOT NULL,
    "warned" BOOLEAN NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "sources" TEXT[],
    "categories" TEXT[],
    "industries" TEXT[],
    "n" BIGINT NOT NULL,
    "fold" BIGINT NOT NULL,

    CONSTRAINT "ioc_facet_pkey" PRIMARY KEY ("facet")
);

-- CreateTable
CREATE TABLE "ioc_hour" (
    "hour" INTEGER NOT NULL,
    "warned" BOOLEAN NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "n" BIGINT NOT NULL,
    "fold" BIGINT NOT NULL,

    CONSTRAINT "ioc_hour_pkey" PRIMARY KEY ("hour","warned","withdrawn")
);

-- CreateTable
CREATE TABLE "ioc_tally_change" (
    "seq" BIGSERIAL NOT NULL,
    "facet" BIGINT,
    "type" TEXT,
    "confidence" SMALLINT,
    "risk_score" SMALLINT,
    "warned" BOOLEAN NOT NULL,
    "withdrawn" BOOLEAN NOT NULL,
    "sources" TEXT[],
    "categories" TEXT[],
    "industries" TEXT[],
    "hour" INTEGER,
    "n" BIGINT NOT NULL,

    CONSTRAINT "ioc_tally_change_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "ioc_tally" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "fold" BIGINT NOT NULL DEFAULT 0,
    "folded" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ioc_tally_pkey" PRIMARY KEY ("id")
);

INSERT INTO "ioc_tally" ("id") VALUES (1);

-- Whatever changes rows of ioc says by how many it changed each facet and each hour, in its own transaction. Only added
-- to: two that merge at once wait for nobody, and what is rolled back or killed leaves nothing.
CREATE FUNCTION "ioc_tally_insert"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ioc_tally_change (facet, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n)
  SELECT ioc_facet_of(type, confidence, risk_score, warned, withdrawn, sources, categories, industries), type, confidence,
    risk_score, warned, withdrawn, sources, categories, industries, count(*)
  FROM (SELECT *, COALESCE(cardinality(warnings), 0) > 0 AS warned, withdrawn_at IS NOT NULL AS withdrawn FROM new_rows) AS added
  GROUP BY type, confidence, risk_score, warned, withdrawn, sources, categories, industries;
  INSERT INTO ioc_tally_change (hour, warned, withdrawn, n)
  SELECT floor(date_part('epoch', updated_at) / 3600)::int, COALESCE(cardinality(warnings), 0) > 0, withdrawn_at IS NOT NULL,
    count(*)
  FROM new_rows GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

CREATE FUNCTION "ioc_tally_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ioc_tally_change (facet, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n)
  SELECT ioc_facet_of(type, confidence, risk_score, warned, withdrawn, sources, categories, industries), type, confidence,
    risk_score, warned, withdrawn, sources, categories, industries, sum(n)
  FROM (
    SELECT type, confidence, risk_score, COALESCE(cardinality(warnings), 0) > 0 AS warned, withdrawn_at IS NOT NULL AS withdrawn,
      sources, categories, industries, 1 AS n FROM new_rows
    UNION ALL
    SELECT type, confidence, risk_score, COALESCE(cardinality(warnings), 0) > 0, withdrawn_at IS NOT NULL,
      sources, categories, industries, -1 FROM old_rows
  ) AS changed
  GROUP BY type, confidence, risk_score, warned, withdrawn, sources, categories, industries HAVING sum(n) <> 0;
  INSERT INTO ioc_tally_change (hour, warned, withdrawn, n)
  SELECT hour, warned, withdrawn, sum(n) FROM (
    SELECT floor(date_part('epoch', updated_at) / 3600)::int AS hour, COALESCE(cardinality(warnings), 0) > 0 AS warned,
      withdrawn_at IS NOT NULL AS withdrawn, 1 AS n FROM new_rows
    UNION ALL
    SELECT floor(date_part('epoch', updated_at) / 3600)::int, COALESCE(cardinality(warnings), 0) > 0,
      withdrawn_at IS NOT NULL, -1 FROM old_rows
  ) AS changed GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
  RETURN NULL;
END $$;

CREATE FUNCTION "ioc_tally_delete"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ioc_tally_change (facet, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n)
  SELECT ioc_facet_of(type, confidence, risk_score, warned, withdrawn, sources, categories, industries), type, confidence,
    risk_score, warned, withdrawn, sources, categories, industries, -count(*)
  FROM (SELECT *, COALESCE(cardinality(warnings), 0) > 0 AS warned, withdrawn_at IS NOT NULL AS withdrawn FROM old_rows) AS gone
  GROUP BY type, confidence, risk_score, warned, withdrawn, sources, categories, industries;
  INSERT INTO ioc_tally_change (hour, warned, withdrawn, n)
  SELECT floor(date_part('epoch', updated_at) / 3600)::int, COALESCE(cardinality(warnings), 0) > 0, withdrawn_at IS NOT NULL,
    -count(*)
  FROM old_rows GROUP BY 1, 2, 3;
  RETURN NULL;
END $$;

CREATE FUNCTION "ioc_tally_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM ioc_facet;
  DELETE FROM ioc_hour;
  DELETE FROM ioc_tally_change;
  UPDATE ioc_tally SET epoch = epoch + 1, fold = fold + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER "ioc_tally_insert" AFTER INSERT ON "ioc" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ioc_tally_insert();
CREATE TRIGGER "ioc_tally_update" AFTER UPDATE ON "ioc" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ioc_tally_update();
CREATE TRIGGER "ioc_tally_delete" AFTER DELETE ON "ioc" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ioc_tally_delete();
CREATE TRIGGER "ioc_tally_truncate" AFTER TRUNCATE ON "ioc" FOR EACH STATEMENT EXECUTE FUNCTION ioc_tally_truncate();

-- What is stored already; the triggers hold off whoever would change it until this is committed.
INSERT INTO "ioc_facet" ("facet", "type", "confidence", "risk_score", "warned", "withdrawn", "sources", "categories", "industries", "n", "fold")
SELECT facet, min(type), min(confidence), min(risk_score), bool_and(warned), bool_and(withdrawn), min(sources), min(categories),
  min(industries), sum(n), 0
FROM (
  SELECT ioc_facet_of(type, confidence, risk_score, warned, withdrawn, sources, categories, industries) AS facet, type, confidence,
    risk_score, warned, withdrawn, sources, categories, industries, count(*) AS n
  FROM (SELECT *, COALESCE(cardinality(warnings), 0) > 0 AS warned, withdrawn_at IS NOT NULL AS withdrawn FROM "ioc") AS stored
  GROUP BY type, confidence, risk_score, warned, withdrawn, sources, categories, industries
) AS counted GROUP BY facet;

INSERT INTO "ioc_hour" ("hour", "warned", "withdrawn", "n", "fold")
SELECT floor(date_part('epoch', updated_at) / 3600)::int, COALESCE(cardinality(warnings), 0) > 0, withdrawn_at IS NOT NULL,
  count(*), 0
FROM "ioc" GROUP BY 1, 2, 3;

-- In place of the index on type and time and of that on the score: each facet newest first.
DROP INDEX "ioc_type_updated_at_id_idx";
DROP INDEX "ioc_risk_score_idx";
CREATE INDEX "ioc_facet_updated_at_id_idx" ON "ioc" (
  ioc_facet_of("type", "confidence", "risk_score", (COALESCE(cardinality("warnings"), 0) > 0), ("withdrawn_at" IS NOT NULL),
    "sources", "categories", "industries"),
  "updated_at" DESC, "id" DESC
);
