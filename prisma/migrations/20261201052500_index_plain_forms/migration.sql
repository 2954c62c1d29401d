-- Lookups: URLs with a fragment or credentials, and mailboxes with capital letters, by their plain form. Few rows are of these;
-- a hash takes a value of any length.
CREATE INDEX "ioc_plain_form_idx" ON "ioc" USING HASH ((CASE WHEN type = 'email' THEN lower(value COLLATE "C")
  ELSE regexp_replace(split_part(value, '#', 1), '^([a-z]+://)[^/?\\]*@', '\1') END))
  WHERE ((type = 'email' AND value <> lower(value COLLATE "C")) OR (type = 'url' AND value ~ '[#@]'));

CREATE INDEX "own_indicator_plain_form_idx" ON "own_indicator" USING HASH ((CASE WHEN type = 'email' THEN lower(value COLLATE "C")
  ELSE regexp_replace(split_part(value, '#', 1), '^([a-z]+://)[^/?\\]*@', '\1') END))
  WHERE ((type = 'email' AND value <> lower(value COLLATE "C")) OR (type = 'url' AND value ~ '[#@]'));

-- What is watched is found by its plain form too (core/matching/keys); those of at most 400 characters are not cut.
INSERT INTO "watchlist_key" ("key", "entry_id")
SELECT 'value:' || ioc_type || ':' || CASE WHEN ioc_type = 'email' THEN lower(value COLLATE "C")
    ELSE regexp_replace(
      regexp_replace(split_part(value, '#', 1), '^([a-z]+://)[^/?\\]*@', '\1'), '^([a-z]+://[^/?\\]*)(\?|$)', '\1/\2') END, id
FROM "watchlist_entry" WHERE kind = 'value' AND ioc_type IN ('url', 'email') AND length(value) <= 400
ON CONFLICT DO NOTHING;
