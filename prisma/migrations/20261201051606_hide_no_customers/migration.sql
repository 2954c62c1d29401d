-- Lists of names that were brought before: what hides, hides the names themselves and their root pages. Networks whose
-- addresses are rented out only note. A later pull would find the same bodies and leave the rows as they were.
UPDATE "warninglist" SET "kind" = CASE WHEN "kind" = 'hostname' THEN 'string' ELSE "kind" END, "urls" = 'root', "changed_at" = CURRENT_TIMESTAMP
WHERE "id" LIKE 'misp-%' AND "effect" = 'hide' AND ("kind" = 'hostname'
  OR ("urls" = 'any' AND "id" IN ('misp-security-provider-blogpost', 'misp-automated-malware-analysis', 'misp-captive-portals', 'misp-crl-hostname', 'misp-microsoft-attack-simulator')));
UPDATE "warninglist" SET "effect" = 'note', "urls" = 'none', "changed_at" = CURRENT_TIMESTAMP
WHERE "id" IN ('misp-akamai', 'misp-stackpath') AND "effect" = 'hide';
