import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "./client";
import { DatabaseNewerError, migrate, readMigrations } from "./migrate";
import { testDb } from "./testing";

describe("migrate", () => {
  let db: Db;
  beforeAll(async () => {
    db = await testDb();
  });
  afterAll(() => db.close());

  it("changes nothing the second time", async () => {
    expect(await migrate(db)).toEqual([]);
  });

  it("records every migration as Prisma does", async () => {
    const rows = await db.sql.query<{ migration_name: string; checksum: string }>(
      "SELECT migration_name, checksum FROM _prisma_migrations ORDER BY migration_name",
    );
    expect(rows).toEqual(readMigrations().map(({ name, checksum }) => ({ migration_name: name, checksum })));
  });

  it("refuses a database that holds a migration it does not know", async () => {
    await db.sql.query(
      "INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '99990101000000_from_the_future')",
    );
    await expect(migrate(db)).rejects.toThrow(DatabaseNewerError);
    await expect(migrate(db)).rejects.toThrow(/99990101000000_from_the_future/);
    await db.sql.query("DELETE FROM _prisma_migrations WHERE id = 'x'");
  });

  it("indexes what an older version stored, long URLs without a path too", async () => {
    // Hashes, which PostgreSQL cannot compress into an index row of 2,704 bytes.
    const words = Array.from({ length: 200 }, (_, n) => createHash("sha256").update(`${n}`).digest("base64url"));
    await db.sql.query(
      `INSERT INTO ioc (id, type, value, confidence, first_seen, last_seen, risk_score, sources_count)
       VALUES (gen_random_uuid(), 'url', $1, 1, now(), now(), 0, 1)`,
      [`https://long.example?q=${words.join("")}`],
    );
    const made = readMigrations()
      .filter(({ name }) => name >= "20261201040000")
      .flatMap(({ sql }) => [...sql.matchAll(/CREATE INDEX ("\w+") ON "ioc"\s?[^;]+;/g)]);
    for (const [statement, name] of made) {
      await db.sql.query(`DROP INDEX IF EXISTS ${name}`);
      await db.sql.query(statement);
    }
    expect(made.map(([, name]) => name)).toContain('"ioc_url_host_idx"');
  });

  it("refuses a migration that was edited after it was applied", async () => {
    await db.sql.query("UPDATE _prisma_migrations SET checksum = 'other'");
    await expect(migrate(db)).rejects.toThrow(/was changed after it had been applied/);
  });
});

describe("both ways in", () => {
  let db: Db;
  beforeAll(async () => {
    db = await testDb();
  });
  afterAll(() => db.close());

  it("gives the same JavaScript types on both engines", async () => {
    const [row] = await db.sql.query<Record<string, unknown>>(
      "SELECT 1::int8 AS n, now() AS t, '\\x0102'::bytea AS b, ARRAY['a','b'] AS a, '{\"x\":1}'::jsonb AS j, 1::int2 AS s, NULL AS z",
    );
    expect(row?.n).toBe(1);
    expect(row?.t).toBeInstanceOf(Date);
    expect(row?.b).toBeInstanceOf(Uint8Array);
    expect(row?.a).toEqual(["a", "b"]);
    expect(row?.j).toEqual({ x: 1 });
    expect(row?.s).toBe(1);
    expect(row?.z).toBeNull();
  });

  it("takes arrays with quotes, backslashes, commas and nulls", async () => {
    const values = ['a"b', "c\\d", "e,f", "{g}", "", "NULL", null];
    const rows = await db.sql.query<{ v: string | null }>("SELECT v FROM unnest($1::text[]) AS v", [values]);
    expect(rows.map((row) => row.v)).toEqual(values);
  });

  it("rolls back what a throwing transaction wrote", async () => {
    const work = db.sql.begin(async ({ query }) => {
      await query("INSERT INTO feed (id, name, category) VALUES ('gone', 'Gone', 'threat-feed')");
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await db.prisma.feed.count({ where: { id: "gone" } })).toBe(0);
  });

  it("lets a Prisma transaction and plain statements run side by side", async () => {
    const both = await Promise.all([
      db.prisma.$transaction(async (tx) => {
        await tx.feed.create({ data: { id: "one", name: "One", category: "threat-feed" } });
        await new Promise((resolve) => setTimeout(resolve, 50));
        return tx.feed.count();
      }),
      db.sql.query("SELECT 1 AS one"),
      db.prisma.feed.findMany(),
    ]);
    expect(both[0]).toBe(1);
  });

  it("keeps the time of day in UTC through Prisma", async () => {
    const at = new Date("2026-03-29T01:30:00.123Z");
    await db.prisma.feed.update({ where: { id: "one" }, data: { nextDueAt: at } });
    const row = await db.prisma.feed.findUniqueOrThrow({ where: { id: "one" } });
    expect(row.nextDueAt.toISOString()).toBe(at.toISOString());
    const [plain] = await db.sql.query<{ next_due_at: Date }>("SELECT next_due_at FROM feed WHERE id = 'one'");
    expect(plain?.next_due_at.toISOString()).toBe(at.toISOString());
  });
});
