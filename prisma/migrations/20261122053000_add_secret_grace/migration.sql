-- AlterTable
ALTER TABLE "key_secret" ADD COLUMN     "grace_seconds" INTEGER;
