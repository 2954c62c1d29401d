-- What the keys of a workspace must be like (core/keys/policy); null: whatever its tier allows.
ALTER TABLE "workspace" ADD COLUMN "key_policy" JSONB;

-- Keys that somebody asked for, where the policy wants a second person. They hold no secret: it is made when the key is
-- collected.
CREATE TABLE "key_request" (
  "id" UUID NOT NULL,
  "workspace_id" UUID NOT NULL,
  "requester_type" TEXT NOT NULL,
  "requester_id" TEXT,
  "requested_by" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "scopes" TEXT[] NOT NULL,
  "allowed_ips" TEXT[] NOT NULL,
  "expires_at" TIMESTAMPTZ(3),
  "reason" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'pending',
  "decided_at" TIMESTAMPTZ(3),
  "decided_by" TEXT,
  "decline_reason" TEXT,
  "key_id" UUID,
  CONSTRAINT "key_request_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "key_request_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "key_request_workspace_id_created_at_id_idx" ON "key_request"("workspace_id", "created_at" DESC, "id" DESC);
