-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "key_id" UUID,
    "key_name" TEXT,
    "kind" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_read" (
    "user_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_read_pkey" PRIMARY KEY ("user_id","notice_id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_until" TIMESTAMPTZ(3),
    "kinds" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "off_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_delivery" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "notice_id" UUID,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claim" UUID,
    "claimed_until" TIMESTAMPTZ(3),
    "tries" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_network" (
    "key_id" UUID NOT NULL,
    "network" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_network_pkey" PRIMARY KEY ("key_id","network")
);

-- CreateTable
CREATE TABLE "key_refusal" (
    "key_id" UUID NOT NULL,
    "slot" TIMESTAMPTZ(0) NOT NULL,
    "code" TEXT NOT NULL,
    "refused" INTEGER NOT NULL,

    CONSTRAINT "key_refusal_pkey" PRIMARY KEY ("key_id","slot","code")
);

-- CreateIndex
CREATE INDEX "notice_workspace_id_at_id_idx" ON "notice"("workspace_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notice_key_id_kind_at_idx" ON "notice"("key_id", "kind", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notice_workspace_id_kind_occasion_key" ON "notice"("workspace_id", "kind", "occasion");

-- CreateIndex
CREATE INDEX "notice_read_notice_id_idx" ON "notice_read"("notice_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_workspace_id_key" ON "webhook"("workspace_id");

-- CreateIndex
CREATE INDEX "notice_delivery_status_next_at_idx" ON "notice_delivery"("status", "next_at");

-- CreateIndex
CREATE INDEX "notice_delivery_workspace_id_channel_created_at_id_idx" ON "notice_delivery"("workspace_id", "channel", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notice_delivery_notice_id_idx" ON "notice_delivery"("notice_id");

-- CreateIndex
CREATE INDEX "key_refusal_slot_idx" ON "key_refusal"("slot");

-- CreateIndex
CREATE INDEX "api_key_expires_at_idx" ON "api_key"("expires_at");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_read" ADD CONSTRAINT "notice_read_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_read" ADD CONSTRAINT "notice_read_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_network" ADD CONSTRAINT "key_network_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
