-- CreateTable
CREATE TABLE "fence" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "head" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "fence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tombstone" (
    "number" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "node_lease" (
    "node" TEXT NOT NULL,
    "applied" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_lease_pkey" PRIMARY KEY ("node")
);

-- The one row of the fence.
INSERT INTO "fence" ("id", "head") VALUES (1, 0);
