-- CreateTable
CREATE TABLE "audit_target" (
    "name" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_target_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_place" (
    "target" TEXT NOT NULL,
    "chain" UUID NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "audit_place_pkey" PRIMARY KEY ("target","chain")
);
