-- AlterTable
ALTER TABLE "sighting" ADD COLUMN     "tlp" TEXT;
