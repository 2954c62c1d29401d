import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "./client";
import { testDb } from "./testing";

/** Every row of every table, and where the sequences are. */
async function contentOf({ sql }: Db): Promise<unknown> {
  const tables = await sql.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables) rows[name] = await sql.query(`SELECT * FROM "${name}" ORDER BY 1`);
  const sequences = await sql.query(
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
  );
  return { rows, sequences };
}

it("a database that is borrowed again is as if nobody had had it", async () => {
  const first = await testDb();
  const before = await contentOf(first);
  await first.sql.query("SET search_path TO pg_catalog");
  await first.sql.query("SET search_path TO DEFAULT");
  await first.sql.query("UPDATE fence SET head = 7");
  await first.prisma.workspace.create({ data: { id: randomUUID(), name: "One", slug: "one" } });
  await first.prisma.auditEvent.create({ data: { action: "a", outcome: "ok", actorType: "user" } });
  await first.sql.query("CREATE TEMP TABLE mine AS SELECT 1");
  await first.sql.query("BEGIN");
  const { pglite } = first;
  await first.close();
  const second = await testDb();
  expect(await contentOf(second)).toEqual(before);
  expect(await second.sql.query("SELECT to_regclass('pg_temp.mine') AS mine")).toEqual([{ mine: null }]);
  // Nobody who still has the first one reaches the second.
  await expect((async () => pglite?.query("SELECT 1"))()).rejects.toThrow("closed");
  await expect(first.sql.query("SELECT 1")).rejects.toThrow("closed");
  await second.close();
});

it("a database whose schema was changed is not lent again", async () => {
  const changed = await testDb();
  await changed.sql.query("ALTER TABLE audit_event DISABLE TRIGGER USER");
  await changed.close();
  const next = await testDb();
  await next.prisma.auditEvent.create({ data: { action: "a", outcome: "ok", actorType: "user" } });
  await expect(next.sql.query("DELETE FROM audit_event")).rejects.toThrow("is refused");
  await next.close();
});
