-- AlterTable
ALTER TABLE "session" ADD COLUMN     "sso_provider_id" UUID,
ADD COLUMN     "sso_workspace_id" UUID;

-- AlterTable
ALTER TABLE "workspace" ADD COLUMN     "required_provider_id" UUID;

-- CreateTable
CREATE TABLE "sso_provider" (
    "id" UUID NOT NULL,
    "workspace_id" UUID,
    "join_workspace_id" UUID,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "role_claim" TEXT,
    "role_map" JSONB NOT NULL DEFAULT '[]',
    "default_role" TEXT,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_domain" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3),

    CONSTRAINT "sso_domain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sso_identity" (
    "provider_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sso_identity_pkey" PRIMARY KEY ("provider_id","subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "sso_provider_workspace_id_key" ON "sso_provider"("workspace_id");

-- CreateIndex
CREATE INDEX "sso_domain_domain_idx" ON "sso_domain"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "sso_domain_provider_id_domain_key" ON "sso_domain"("provider_id", "domain");

-- CreateIndex
CREATE INDEX "sso_identity_user_id_idx" ON "sso_identity"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sso_identity_provider_id_user_id_key" ON "sso_identity"("provider_id", "user_id");

-- CreateIndex
CREATE INDEX "session_sso_provider_id_idx" ON "session"("sso_provider_id");

-- AddForeignKey
ALTER TABLE "sso_provider" ADD CONSTRAINT "sso_provider_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_provider" ADD CONSTRAINT "sso_provider_join_workspace_id_fkey" FOREIGN KEY ("join_workspace_id") REFERENCES "workspace"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_domain" ADD CONSTRAINT "sso_domain_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "sso_provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_identity" ADD CONSTRAINT "sso_identity_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "sso_provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sso_identity" ADD CONSTRAINT "sso_identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One workspace holds a domain: what two had proved would otherwise be anybody's guess.
CREATE UNIQUE INDEX "sso_domain_verified_key" ON "sso_domain"("domain") WHERE "verified_at" IS NOT NULL;

-- The instance has one provider.
CREATE UNIQUE INDEX "sso_provider_instance_key" ON "sso_provider"(("workspace_id" IS NULL)) WHERE "workspace_id" IS NULL;
