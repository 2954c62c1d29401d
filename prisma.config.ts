import path from "node:path";
import { defineConfig } from "prisma/config";

// `prisma generate` needs no schema engine, but Prisma's command line downloads one unless this
// names an existing executable; closed networks cannot download.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: path.join("prisma"),
  migrations: { path: path.join("prisma", "migrations") },
  ...(process.env.DATABASE_URL ? { datasource: { url: process.env.DATABASE_URL } } : {}),
});
