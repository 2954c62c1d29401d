-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "leak_policy" TEXT NOT NULL DEFAULT 'revoke';

-- CreateTable
CREATE TABLE "management_token" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "pepper_id" TEXT NOT NULL,
    "scopes" TEXT[],
    "allowed_ips" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "management_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leak_delivery" (
    "digest" BYTEA NOT NULL,
    "known" BOOLEAN[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leak_delivery_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "management_token_hash_key" ON "management_token"("hash");

-- CreateIndex
CREATE INDEX "management_token_workspace_id_created_at_id_idx" ON "management_token"("workspace_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "management_token" ADD CONSTRAINT "management_token_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
