/** Of Prisma's transactions, in milliseconds. PGlite has one connection: one may have to wait for an ingest statement to end. */
export const transactionOptions = { maxWait: 15_000, timeout: 30_000 };
