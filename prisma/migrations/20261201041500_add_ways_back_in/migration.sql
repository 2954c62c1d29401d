-- Who is disabled neither signs in nor acts.
ALTER TABLE "user" ADD COLUMN "disabled_at" TIMESTAMPTZ(3);

-- One-time links by which somebody sets a new password, loses a second factor or confirms an address; only hashes are kept.
CREATE TABLE "account_link" (
  "hash" BYTEA NOT NULL,
  "user_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "email" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "account_link_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "account_link_user_id_idx" ON "account_link"("user_id");
ALTER TABLE "account_link" ADD CONSTRAINT "account_link_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The instance keeps an operator who can sign in. Of two who go at once, the second waits here for the first and is refused.
CREATE FUNCTION "user_keeps_an_operator"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.operator AND NEW.disabled_at IS NULL THEN
      RETURN NEW;
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(7203114002);
  IF NOT EXISTS (SELECT 1 FROM "user" WHERE id <> OLD.id AND operator AND disabled_at IS NULL) THEN
    RAISE EXCEPTION 'user_keeps_an_operator: an instance keeps an operator'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'user_keeps_an_operator';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "user_keeps_an_operator" BEFORE DELETE OR UPDATE OF operator, disabled_at ON "user"
  FOR EACH ROW WHEN (OLD.operator AND OLD.disabled_at IS NULL) EXECUTE FUNCTION "user_keeps_an_operator"();
