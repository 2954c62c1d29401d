-- A workspace that is being removed: what stops midway is taken up again.
ALTER TABLE "workspace" ADD COLUMN "deleting_at" TIMESTAMPTZ(3);

-- What the audit log says in the place of somebody whose account was deleted. Of their address only a hash is kept.
CREATE TABLE "deleted_person" (
  "id" UUID NOT NULL,
  "pseudonym" TEXT NOT NULL,
  "email_hash" BYTEA NOT NULL,
  "deleted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "deleted_person_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "deleted_person_email_hash_idx" ON "deleted_person"("email_hash");
