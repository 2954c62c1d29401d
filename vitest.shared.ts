import { defineConfig } from "vitest/config";

/**
 * The one Vitest setting of every package: `*.test.ts` once; `*.db.test.ts` on PGlite and, where TEST_DATABASE_URL
 * names a server, on PostgreSQL again, `*.once.db.test.ts` then on PostgreSQL only; `*.pg.test.ts` on PostgreSQL
 * alone; `*.redis.test.ts` where TEST_REDIS_URL names a Redis.
 */
export function vitestOf(root: string) {
  const shared = { root, environment: "node" as const, testTimeout: 30_000, hookTimeout: 60_000 };
  // Each file has a database of its own and closes it; to import everything anew for each took a third of the time.
  const database = { ...shared, isolate: false };
  const db = ["src/**/*.db.test.ts"];
  const server = ["src/**/*.pg.test.ts"];
  const redis = ["src/**/*.redis.test.ts"];
  const again = process.env.TEST_DATABASE_URL ? ["src/**/*.once.db.test.ts"] : [];
  const projects = [
    {
      test: {
        ...shared,
        name: "unit",
        include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
        exclude: [...db, ...server, ...redis],
      },
    },
    { test: { ...database, name: "pglite", include: db, exclude: again, env: { TOCSIN_TEST_DB: "pglite" } } },
  ];
  if (process.env.TEST_DATABASE_URL) {
    projects.push({
      test: { ...database, name: "postgresql", include: [...db, ...server], env: { TOCSIN_TEST_DB: "postgresql" } },
    });
  } else {
    console.log("skipped: the database suite on PostgreSQL (TEST_DATABASE_URL is not set)");
  }
  if (process.env.TEST_REDIS_URL) projects.push({ test: { ...shared, name: "redis", include: redis, env: {} } });
  else console.log("skipped: the suite on Redis (TEST_REDIS_URL is not set)");
  return defineConfig({
    test: {
      projects,
      passWithNoTests: true,
      // Two cores: more workers only wait for each other.
      maxWorkers: 2,
      reporters: ["default", ["json", { outputFile: `${root}/.turbo/vitest.json` }]],
    },
  });
}
