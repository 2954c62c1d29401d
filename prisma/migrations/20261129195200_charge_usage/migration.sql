-- What requests were charged beside their number, and what the dashboard reads. Days of before have no charge: each request cost one.
-- AlterTable
ALTER TABLE "usage_day" ADD COLUMN     "charged" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "usage_dashboard" (
    "workspace_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "requests" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "charged" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "usage_dashboard_pkey" PRIMARY KEY ("workspace_id","day")
);

-- AddForeignKey
ALTER TABLE "usage_dashboard" ADD CONSTRAINT "usage_dashboard_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
