// PostgreSQL's own codes (Appendix A), so that whoever reads errors of a server reads these too.

/** There is no room on the disk for what was to be written: `disk_full`. Nothing of it was stored. */
export class StorageFullError extends Error {
  readonly code = "53100";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StorageFullError";
  }
}

/** The database does not answer, or was lost while it worked: `connection_failure`. Whether a write was stored is not known. */
export class DatabaseSilentError extends Error {
  readonly code = "08006";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DatabaseSilentError";
  }
}

/** The code of an error, or of what caused it, as the driver or Prisma wrapped it. */
export function databaseCode(error: unknown, depth = 0): string | null {
  if (typeof error !== "object" || error === null || depth > 4) return null;
  // Prisma's own codes (P2010) are as long as PostgreSQL's, and their causes say more.
  if ("code" in error && typeof error.code === "string" && /^(?!P[1-9])[0-9A-Z]{5}$/.test(error.code))
    return error.code;
  if ("originalCode" in error && typeof error.originalCode === "string") return error.originalCode;
  if ("meta" in error && typeof error.meta === "object" && error.meta !== null && "driverAdapterError" in error.meta) {
    const found = databaseCode(error.meta.driverAdapterError, depth + 1);
    if (found !== null) return found;
  }
  return "cause" in error ? databaseCode(error.cause, depth + 1) : null;
}
