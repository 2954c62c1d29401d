import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "./client";
import { dumpDatabase } from "./dump";
import { loadDump } from "./load";
import { applyMigrations, migrate, readMigrations } from "./migrate";
import { DumpDamagedError, DumpNewerError, onlyRead, readDump } from "./read-dump";
import { dropSchema } from "./schema";
import { testDb } from "./testing";
import { printIndexes } from "./testing-indexes";
import { fillEveryTable, rowsOf } from "./testing-rows";

let [from, to] = [] as unknown as [Db, Db];
let lines: string[];

async function* batches(all: readonly string[]): AsyncGenerator<string[]> {
  for (let at = 0; at < all.length; at += 7) yield all.slice(at, at + 7);
}

async function dumpOf(db: Db): Promise<string[]> {
  const texts: string[] = [];
  await dumpDatabase(db, async (text) => void texts.push(text));
  return texts.join("").trimEnd().split("\n");
}

beforeAll(async () => {
  [from, to] = await Promise.all([testDb(), testDb()]);
  await fillEveryTable(from.sql);
  lines = await dumpOf(from);
});
afterAll(() => Promise.all([from?.close(), to?.close()]));

describe("a dump", () => {
  it("has every row of every table, and none of what counts for a moment", async () => {
    const { tables } = await readDump(batches(lines), onlyRead);
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining(["api_key", "audit_event", "ioc", "usage_minute", "user"]),
    );
    expect(Object.keys(tables)).not.toEqual(expect.arrayContaining(["session"]));
    expect(Object.entries(tables).filter(([, rows]) => rows < 3)).toEqual([]);
  });

  it("is loaded over whatever is there, value for value, with the schema as it was", async () => {
    const before = await printIndexes(to.sql.query);
    for (let time = 1; time <= 2; time++) {
      const done = await loadDump(to, batches(lines));
      expect(done.migrated).toEqual([]);
      expect(await rowsOf(to)).toEqual(await rowsOf(from));
    }
    expect(await printIndexes(to.sql.query)).toEqual(before);
    await expect(to.sql.query("DELETE FROM audit_event")).rejects.toThrow(/only ever added to/);
    expect(await migrate(to)).toEqual([]);
  });

  it("of an older schema is loaded at its level, and brought to this one", async () => {
    const old = await testDb();
    try {
      const then = readMigrations().slice(0, 12);
      await old.sql.begin(async ({ query }) => {
        await dropSchema(query);
        await applyMigrations(query, then);
      });
      await fillEveryTable(old.sql);
      const { migrated } = await loadDump(to, batches(await dumpOf(old)));
      expect([...then.map(({ name }) => name), ...migrated]).toEqual(readMigrations().map(({ name }) => name));
      const ids = ({ sql }: Db) => sql.query("SELECT id, hash FROM audit_event ORDER BY id");
      expect(await ids(to)).toEqual(await ids(old));
      expect(await migrate(to)).toEqual([]);
    } finally {
      await old.close();
    }
  });
});

const row = (all: readonly string[]) => all.findIndex((line) => line.startsWith("["));

describe("a dump that is not as it was written", () => {
  const cut: [string, (all: string[]) => string[]][] = [
    ["is cut", (all) => all.slice(0, -1)],
    ["is cut in the middle", (all) => all.slice(0, 40)],
    ["lacks a row", (all) => all.toSpliced(row(all), 1)],
    ["has a row twice", (all) => all.toSpliced(row(all), 0, all[row(all)] ?? "")],
    ["has more after its end", (all) => [...all, all.at(-1) ?? ""]],
    ["has a row after its end", (all) => [...all, all[row(all)] ?? ""]],
    ["has text that is no JSON", (all) => all.with(0, "{")],
    ["is empty", () => []],
  ];
  it.each(cut)("is found before anything is loaded where it %s", async (_what, damage) => {
    await expect(readDump(batches(damage(lines)), onlyRead)).rejects.toThrow(DumpDamagedError);
  });

  const changed: [string, (all: string[]) => string[]][] = [
    ["names another table", (all) => all.map((line) => line.replace('{"table":"ioc"', '{"table":"pg_class"'))],
    ["names another column", (all) => all.map((line) => line.replace('"risk_score"', '"risk) SELECT 1; --"'))],
    ["has a value of another type", (all) => all.map((line) => line.replace("2026-11-21", "2026-13-45"))],
    ["refers to what is not there", (all) => all.map((line) => line.replace("-000000000003", "-000000000004"))],
    ["is cut", (all) => all.slice(0, -1)],
  ];
  it.each(changed)("changes nothing where it %s", async (_what, damage) => {
    const before = await rowsOf(to);
    await expect(loadDump(to, batches(damage(lines)))).rejects.toThrow(DumpDamagedError);
    expect(await rowsOf(to)).toEqual(before);
  });

  it("is refused where it comes from a newer version", async () => {
    const newer = lines.with(0, (lines[0] ?? "").replace('{"migrations":[', '{"migrations":["99990101000000_later",'));
    await expect(loadDump(to, batches(newer))).rejects.toThrow(DumpNewerError);
  });
});

it("a dump is not loaded over tables of something else", async () => {
  const { sql, close } = await testDb();
  try {
    await sql.begin(async ({ query }) => {
      await dropSchema(query);
      await query("CREATE TABLE invoice (id int)");
    });
    await expect(loadDump({ kind: to.kind, sql, storage: to.storage }, batches(lines))).rejects.toThrow(/invoice/);
    expect(await sql.query("SELECT count(*) AS n FROM invoice")).toEqual([{ n: 0 }]);
  } finally {
    await close();
  }
});
