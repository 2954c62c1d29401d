export { createDb, type Db, type DbOptions } from "./client";
export { DatabaseSilentError, databaseCode, StorageFullError } from "./database-errors";
export type { Prisma, PrismaClient } from "./generated/client";
export type { Lane } from "./lanes";
export type { Line, OpenLine } from "./line";
export { DatabaseNewerError, type MigrateEvents, migrate } from "./migrate";
export type { Sql, SqlQuery } from "./sql";
export { syncFile } from "./sync-files";
