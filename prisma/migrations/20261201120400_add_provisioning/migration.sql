-- Whom a workspace's identity provider manages by SCIM. The membership is there only while `active`.
CREATE TABLE "scim_user" (
  "id" UUID NOT NULL,
  "workspace_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "user_name" TEXT NOT NULL,
  "external_id" TEXT,
  "active" BOOLEAN NOT NULL,
  "roles" TEXT[] NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "scim_user_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "scim_user_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "scim_user_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "scim_user_workspace_id_user_id_key" ON "scim_user"("workspace_id", "user_id");
CREATE UNIQUE INDEX "scim_user_workspace_id_user_name_key" ON "scim_user"("workspace_id", "user_name");
CREATE INDEX "scim_user_user_id_idx" ON "scim_user"("user_id");
