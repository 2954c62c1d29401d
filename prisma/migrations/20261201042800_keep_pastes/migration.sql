-- CreateTable
CREATE TABLE "paste" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "paste_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "paste_workspace_id_created_at_id_idx" ON "paste"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "paste_expires_at_idx" ON "paste"("expires_at");

-- AddForeignKey
ALTER TABLE "paste" ADD CONSTRAINT "paste_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
