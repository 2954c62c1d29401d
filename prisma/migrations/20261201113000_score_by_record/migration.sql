-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "record" SMALLINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ioc" ADD COLUMN     "active" BOOLEAN,
ADD COLUMN     "certainty" SMALLINT,
ADD COLUMN     "company" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "independent_sources" SMALLINT;

-- AlterTable
ALTER TABLE "sighting" ADD COLUMN     "active" BOOLEAN,
ADD COLUMN     "certainty" SMALLINT,
ADD COLUMN     "company" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "score_marking" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "formula" TEXT NOT NULL,
    "place" UUID,
    "judged_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "score_marking_pkey" PRIMARY KEY ("id")
);
