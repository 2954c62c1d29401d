import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { createDb } from "./client";
import { readMigrations } from "./migrate";
import { cloneTemplate, createEmptyDatabase, dropStaleDatabases, type TestDatabase } from "./testing-server";

const admin = new pg.Pool({ connectionString: process.env.TEST_DATABASE_URL });
afterAll(() => admin.end());
const exists = async (name: string) =>
  (await admin.query("SELECT FROM pg_database WHERE datname = $1", [name])).rowCount === 1;
const nameOf = ({ url }: TestDatabase) => new URL(url).pathname.slice(1);

describe("a template of the schema", () => {
  const template = `tocsin_test_template_${randomBytes(8).toString("hex")}`;
  afterAll(async () => {
    await admin.query(`ALTER DATABASE ${template} IS_TEMPLATE false`);
    await admin.query(`DROP DATABASE ${template}`);
  });

  it("is made once by those who want it at the same time, and each gets a whole database of its own", async () => {
    const clones = await Promise.all(Array.from({ length: 6 }, () => cloneTemplate(template)));
    const dbs = await Promise.all(clones.map(({ url }) => createDb({ url, connections: 1 })));
    await dbs[0]?.prisma.feed.create({ data: { id: "mine", name: "Mine", category: "threat-feed" } });
    const found = await Promise.all(
      dbs.map(async ({ prisma, sql }) => [
        (await sql.query("SELECT FROM _prisma_migrations WHERE finished_at IS NOT NULL")).length,
        await prisma.feed.count(),
      ]),
    );
    expect(found).toEqual(dbs.map((_, i) => [readMigrations().length, i === 0 ? 1 : 0]));
    await Promise.all(dbs.map((db) => db.close()));
    await Promise.all(clones.map(({ drop }) => drop()));
    expect(await Promise.all(clones.map((clone) => exists(nameOf(clone))))).toEqual(clones.map(() => false));
  });

  it("takes no connection, with which nobody could clone it", async () => {
    const url = new URL(String(process.env.TEST_DATABASE_URL));
    url.pathname = `/${template}`;
    await expect(createDb({ url: url.href })).rejects.toThrow(/not currently accepting connections/);
  });
});

describe("databases that were left", () => {
  const day = 24 * 3_600_000;
  const daysAgo = (days: number) => `Made by Tocsin''s tests at ${new Date(Date.now() - days * day).toISOString()}`;

  it("are dropped when they bear the mark, are old and nobody is connected; no other database is", async () => {
    const [old, recent, unmarked, used] = (await Promise.all(
      Array.from({ length: 4 }, () => createEmptyDatabase()),
    )) as [TestDatabase, TestDatabase, TestDatabase, TestDatabase];
    const comment = (database: TestDatabase, text: string) =>
      admin.query(`COMMENT ON DATABASE ${nameOf(database)} IS '${text}'`);
    await comment(old, daysAgo(4));
    await comment(recent, daysAgo(1));
    await comment(unmarked, "the accounts of 2025");
    await comment(used, daysAgo(4));
    const client = new pg.Client({ connectionString: used.url });
    await client.connect();
    await dropStaleDatabases();
    expect(await Promise.all([old, recent, unmarked, used].map((each) => exists(nameOf(each))))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    await client.end();
    await Promise.all([recent, unmarked, used].map(({ drop }) => drop()));
  });
});
