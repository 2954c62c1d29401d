import fs from "node:fs";
import { StorageFullError } from "./database-errors";

const megabyte = 1024 * 1024;

/** What a new embedded database needs to be made: its files, and the log that the migrations write. */
const firstStartBytes = 160 * megabyte;
/**
 * Below this nothing is written any more. PostgreSQL must be able to make the next files of its log (16 MB each), since
 * without one it stops at once; the largest statement of an ingest writes less than three of them.
 */
const reserveBytes = 64 * megabyte;

/** Bytes that this user may still write beneath the folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
}

export function hasRoom(folder: string): boolean {
  return freeBytes(folder) >= reserveBytes;
}

export function noRoom(folder: string, options?: ErrorOptions): StorageFullError {
  return new StorageFullError(
    `The disk of ${folder} is full: ${inMegabytes(freeBytes(folder))} are free, and nothing is written below ${inMegabytes(reserveBytes)}.`,
    options,
  );
}

/** Throws where a new database would not fit beneath the folder, which must exist. */
export function requireRoomForFirstStart(folder: string): void {
  const free = freeBytes(folder);
  if (free < firstStartBytes) throw noRoomForFirstStart(folder);
}

export function noRoomForFirstStart(folder: string, options?: ErrorOptions): StorageFullError {
  return new StorageFullError(
    `There is not enough room for the embedded database: ${inMegabytes(freeBytes(folder))} are free on the disk of ${folder}, ` +
      `and it needs ${inMegabytes(firstStartBytes)} to begin with. Make room, or set TOCSIN_DATA_DIR to a folder on another disk.`,
    options,
  );
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / megabyte)} MB`;
}
