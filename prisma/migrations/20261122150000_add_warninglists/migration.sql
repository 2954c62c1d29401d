-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "redistribution" TEXT NOT NULL DEFAULT 'unclear';

-- CreateTable
CREATE TABLE "warninglist" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "means" TEXT NOT NULL,
    "types" TEXT[],
    "urls" TEXT NOT NULL,
    "entries" TEXT[],
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "warninglist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allowed_value" (
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by" TEXT NOT NULL,

    CONSTRAINT "allowed_value_pkey" PRIMARY KEY ("type","value")
);

-- CreateTable
CREATE TABLE "warninglist_marking" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "lists" TEXT NOT NULL,
    "place" UUID,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "warninglist_marking_pkey" PRIMARY KEY ("id")
);
