-- The step of the last code that an account gave: a code works once.
ALTER TABLE "two_factor" ADD COLUMN "last_step" INTEGER;

-- An invitation is stored under a hash of the secret in its link, as a UUID of version 8: links that were handed out
-- continue to work. accounts/invitation-id.ts says the same.
UPDATE "invitation" SET "id" = (
  SELECT (
    substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3) || '-'
    || substr('89ab', (position(substr(h, 17, 1) IN '0123456789abcdef') - 1) % 4 + 1, 1) || substr(h, 18, 3)
    || '-' || substr(h, 21, 12)
  )::uuid
  FROM (SELECT encode(sha256(convert_to("invitation"."id"::text, 'UTF8')), 'hex') AS h) AS hashed
);
