import fs from "node:fs";
import path from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { sumUp } from "./vitest.report.ts";

/**
 * The one Vitest setting of every package. A file's name says where it runs:
 *
 * - `*.test.ts`: once.
 * - `*.db.test.ts`: on PGlite and, where TEST_DATABASE_URL names a server, on PostgreSQL again;
 *   `*.once.db.test.ts` then on PostgreSQL only.
 * - `*.pg.test.ts`: on PostgreSQL alone.
 * - `*.redis.test.ts`: where TEST_REDIS_URL names a Redis.
 * - Processes, after all of those: what starts processes of ours or a browser, which is what lies in a folder `e2e`.
 * - Alone, at last and one file after the other: what has `.alone` before the suffixes above; and all of Redis, whose
 *   limits count by the minute of the wall clock.
 *
 * A test that has asserted nothing fails (vitest.setup.ts).
 */
export function vitestOf(root: string) {
  const onServer = Boolean(process.env.TEST_DATABASE_URL);
  const onRedis = Boolean(process.env.TEST_REDIS_URL);
  if (!onServer) console.log("skipped: the database suite on PostgreSQL (TEST_DATABASE_URL is not set)");
  if (!onRedis) console.log("skipped: the suite on Redis (TEST_REDIS_URL is not set)");
  const shared = {
    root,
    environment: "node",
    // Everything is imported once a worker in place of once a file, which took most of the time. So a file gives back
    // what it changes of the process, and has a database of its own.
    isolate: false,
    setupFiles: setupFiles(root),
    // Times that a machine meets whose processors have thirty times as much to do. What hangs is found a little later.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  } as const;
  const together = { ...shared, maxWorkers: 2, sequence: { groupOrder: 0 } };
  const processes = { ...shared, maxWorkers: 2, sequence: { groupOrder: 1 } };
  const alone = { ...shared, maxWorkers: 1, sequence: { groupOrder: 2 } };

  const db = "src/**/*.db.test.ts";
  const pg = "src/**/*.pg.test.ts";
  const redis = "src/**/*.redis.test.ts";
  const e2e = "src/**/e2e/**/*.test.ts";
  const byThemselves = "src/**/*.alone.*test.ts";
  const later = [e2e, byThemselves];
  const projects: TestProjectInlineConfiguration[] = [
    {
      test: {
        ...together,
        name: "unit",
        include: ["src/**/*.test.ts", "src/**/*.test.tsx"],
        exclude: [db, pg, redis, ...later],
      },
    },
    {
      test: {
        ...together,
        name: "pglite",
        include: [db],
        exclude: [...(onServer ? ["src/**/*.once.db.test.ts"] : []), ...later],
        env: { TOCSIN_TEST_DB: "pglite" },
      },
    },
    {
      test: {
        ...together,
        name: "postgresql",
        include: onServer ? [db, pg] : [],
        exclude: later,
        env: { TOCSIN_TEST_DB: "postgresql" },
      },
    },
    {
      test: {
        ...processes,
        name: "processes",
        include: [e2e],
        exclude: [redis, ...(onServer ? [] : [pg])],
      },
    },
    {
      test: {
        ...alone,
        name: "alone",
        include: [byThemselves, ...(onRedis ? [redis] : [])],
        exclude: [...(onServer ? [] : [pg]), ...(onRedis ? [] : [redis])],
      },
    },
  ];
  return defineConfig({
    test: {
      projects: projects.filter(({ test }) => test?.include?.length !== 0),
      passWithNoTests: true,
      reporters: ["default", sumUp(root)],
    },
  });
}

function setupFiles(root: string): string[] {
  const manifest = fs.readFileSync(path.join(root, "package.json"), "utf8");
  return ["vitest.setup.ts", ...(manifest.includes('"fast-check"') ? ["vitest.properties.ts"] : [])].map((file) =>
    path.join(import.meta.dirname, file),
  );
}
