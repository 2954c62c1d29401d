-- AlterTable
ALTER TABLE "sighting" ADD COLUMN     "times" TEXT NOT NULL DEFAULT 'pull';

-- Sources that date what they say are read anew in full: their times take the place of those of our pulls.
UPDATE "feed" SET "etag" = NULL, "last_modified" = NULL, "next_due_at" = LEAST("next_due_at", now())
WHERE "id" IN (
  'urlhaus', 'urlhaus-json', 'threatfox-json', 'threatfox-csv', 'malwarebazaar-csv', 'feodo-json', 'feodo-csv',
  'sslbl-ip', 'cisa-csaf', 'jpcert-phishurl', 'bruteforceblocker', 'alienvault-reputation', 'dataplane', 'digitalside',
  'malsilo', 'c2-tracker', 'cybercrime-tracker', 'viriback', 'benkow-panels', 'ponmocup', 'blackbook', 'maltrail',
  'signature-base', 'tweetfeed', 'tweetfeed-stix', 'tweetfeed-taxii', 'misp-feed-tweetfeed', 'misp-circl',
  'misp-botvrij', 'misp-infoblox', 'infoblox-csv', 'otx-pulses', 'stix-mvt', 'talos-iocs', 'unit42-iocs', 'openioc',
  'sophos-iocs', 'volexity', 'hunters-ledger'
);
