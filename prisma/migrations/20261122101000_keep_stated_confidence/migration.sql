-- AlterTable
ALTER TABLE "ioc" ADD COLUMN     "stated" SMALLINT NOT NULL DEFAULT 1;

-- What is held was its surest source's word; the next sweep judges it.
UPDATE "ioc" SET "stated" = "confidence";
