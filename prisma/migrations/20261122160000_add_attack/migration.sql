-- CreateTable
CREATE TABLE "attack_edition" (
    "matrix" TEXT NOT NULL,
    "applies_from" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT NOT NULL,
    "modified" TIMESTAMPTZ(3) NOT NULL,
    "tables" JSONB NOT NULL,
    "changed" TEXT[],
    "place" UUID,
    "announced_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attack_edition_pkey" PRIMARY KEY ("matrix","applies_from")
);
