import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { announceAttack, ingestIocs } from "../iocs";
import { testContext } from "../testing";
import { cacheAttack } from "./cached-attack";
import { useEditions } from "./current";
import { phasesOf } from "./phases";
import { shippedEditions } from "./shipped-tables";
import { type ReadAttack, storeAttack } from "./store-attack";
import type { AttackTables } from "./tables";
import { fullNameOf } from "./technique";

const start = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
const feed = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "high", tlp: "clear" } as const;
const [enterprise] = shippedEditions.map(({ tables }) => tables);
if (!enterprise) throw new Error("nothing is shipped");

let db: Db;
let ctx: Context;
let clock = start;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => new Date(clock) });
});
afterAll(() => db.close());
beforeEach(async () => {
  clock = start;
  useEditions([]);
  for (const table of ["ioc", "sighting", "ioc_change", "attack_edition"]) await db.sql.query(`DELETE FROM ${table}`);
});

/** A bundle that says what is shipped, but for what is given. */
function bundle(some: Partial<AttackTables> = {}, more: Partial<ReadAttack> = {}): ReadAttack {
  const tables = { ...enterprise, groups: [], software: [], ...some } as AttackTables;
  return { matrix: "enterprise", version: "19.0", modified: new Date(start), tables, ...more };
}
const renamed = (name: string, tactics = ["execution"]) => ({
  techniques: (enterprise?.techniques ?? []).map((one) => (one.id === "T1059" ? { ...one, name, tactics } : one)),
});
const rows = () =>
  db.sql.query<{ version: string; announced: boolean; changed: string[] }>(
    "SELECT version, announced_at IS NOT NULL AS announced, changed FROM attack_edition ORDER BY applies_from",
  );

describe("storeAttack", () => {
  it("keeps a bundle, and twice the same changes nothing", async () => {
    expect(await storeAttack(ctx, bundle())).toEqual({ stored: true, changed: 0 });
    const before = await db.sql.query("SELECT * FROM attack_edition");
    clock += minute;
    expect(await storeAttack(ctx, bundle())).toEqual({ stored: false, changed: 0 });
    expect(await storeAttack(ctx, bundle({}, { version: "" }))).toEqual({ stored: false, changed: 0 });
    expect(await db.sql.query("SELECT * FROM attack_edition")).toEqual(before);
  });

  it("adds an edition only where names or tactics change", async () => {
    await storeAttack(ctx, bundle());
    const group = { id: "G9001", name: "Example Fox", aliases: [] };
    expect(await storeAttack(ctx, bundle({ groups: [group] }, { version: "19.1" }))).toEqual({
      stored: true,
      changed: 0,
    });
    expect(await rows()).toEqual([{ version: "19.1", announced: true, changed: [] }]);
    const result = await storeAttack(ctx, bundle({ ...renamed("Interpreters"), groups: [group] }, { version: "20.0" }));
    // The technique, its thirteen sub-techniques, and two ids that were revoked for them.
    const [, added] = await rows();
    expect(result).toEqual({ stored: true, changed: added?.changed.length });
    expect(added).toMatchObject({ version: "20.0", announced: false });
    expect(added?.changed.filter((id) => !id.startsWith("T1059"))).toEqual(["T1086", "T1155"]);
    expect(added?.changed).toContain("T1059.001");
  });

  it("does not take another order of the same tactics for a change", async () => {
    const turned = (enterprise?.techniques ?? []).map((one) => ({ ...one, tactics: one.tactics.toReversed() }));
    expect(await storeAttack(ctx, bundle({ techniques: turned }))).toEqual({ stored: true, changed: 0 });
  });

  it("keeps what a bundle is silent about", async () => {
    const less = enterprise.techniques.filter(({ id }) => !id.startsWith("T1059"));
    const some = bundle({ techniques: less, former: [] });
    expect(await storeAttack(ctx, some)).toEqual({ stored: true, changed: 0 });
    expect(await storeAttack(ctx, some)).toEqual({ stored: false, changed: 0 });
    await cacheAttack(db).refresh();
    expect(fullNameOf("T1059.001")).toBe("Command and Scripting Interpreter: PowerShell");
    expect(fullNameOf("T1086")).toBe("Command and Scripting Interpreter: PowerShell");
  });

  it.each([
    ["less than half of the techniques", bundle({ techniques: enterprise.techniques.slice(0, 345) }), /345 techniques/],
    ["a bundle that is older", bundle({}, { modified: new Date(start - 1) }), /older than the one of 2026-11-21T12/],
    [
      "next to nothing of a new matrix",
      bundle({ techniques: enterprise.techniques.slice(0, 39) }, { matrix: "mobile" }),
      /39/,
    ],
    [
      "more than anything has",
      bundle({ former: Array.from({ length: 20_001 }, (_, n): [string, string] => [`T${n}`, "T1059"]) }),
      /20001 entries/,
    ],
    ["hardly any group", bundle({ groups: [] }), /0 groups where at least 2/],
  ])("refuses %s and keeps what was", async (_, read, problem) => {
    const groups = ["G9001", "G9002", "G9003"].map((id) => ({ id, name: `Fox ${id}`, aliases: [] }));
    await storeAttack(ctx, bundle({ groups }));
    const before = await db.sql.query("SELECT * FROM attack_edition");
    const given = /groups/.test(problem.source) ? read : { ...read, tables: { ...read.tables, groups } };
    expect(await storeAttack(ctx, given)).toEqual({ stored: false, problem: expect.stringMatching(problem) });
    expect(await db.sql.query("SELECT * FROM attack_edition")).toEqual(before);
  });
});

describe("cacheAttack", () => {
  it("follows what another process stores", async () => {
    const held = cacheAttack(db);
    await held.refresh();
    expect(fullNameOf("T1059")).toBe("Command and Scripting Interpreter");
    await storeAttack(ctx, bundle(renamed("Interpreters", ["execution", "impact"])));
    await held.refresh();
    expect(fullNameOf("T1059")).toBe("Interpreters");
    expect(phasesOf(["T1059"])).toHaveLength(2);
    // Until every process has it, what is written prints what it did.
    expect(fullNameOf("T1059", new Date(start + minute))).toBe("Command and Scripting Interpreter");
    expect(fullNameOf("T1059", new Date(start + 2 * minute))).toBe("Interpreters");
    await db.sql.query("DELETE FROM attack_edition");
    await held.refresh();
    expect(fullNameOf("T1059")).toBe("Command and Scripting Interpreter");
  });

  it("lets a new name apply after every change so far, whatever clock that was stamped by", async () => {
    await ingestIocs(ctx, { feed, observations: [{ value: "T1059" }], pulledAt: new Date(start) });
    const later = new Date(start + 60 * minute);
    await db.sql.query("UPDATE ioc SET updated_at = $1::timestamptz", [later.toISOString()]);
    await storeAttack(ctx, bundle(renamed("Interpreters")));
    await cacheAttack(db).refresh();
    expect(fullNameOf("T1059", later)).toBe("Command and Scripting Interpreter");
    expect(fullNameOf("T1059", new Date(later.getTime() + 2 * minute))).toBe("Interpreters");
  });

  it("reads nothing twice", async () => {
    await storeAttack(ctx, bundle(renamed("Interpreters")));
    const held = cacheAttack(db);
    await held.refresh();
    useEditions([]);
    await held.refresh();
    expect(fullNameOf("T1059")).toBe("Command and Scripting Interpreter");
  });
});

describe("announceAttack", () => {
  const observations = [
    { value: "T1059.001" },
    { value: "T1071" },
    { value: "a.bad.example", mitreTechniques: ["T1059"] },
    { value: "b.bad.example", mitreTechniques: ["T1071"] },
    { value: "c.bad.example", mitreTechniques: ["T1086"] },
    { value: "d.bad.example", mitreTechniques: ["T1059"] },
    { value: "e.bad.example", mitreTechniques: ["T1059"] },
  ];
  const times = async () => {
    const found = await db.sql.query<{ value: string; updated_at: Date }>("SELECT value, updated_at FROM ioc");
    return new Map(found.map(({ value, updated_at }) => [value, updated_at.getTime()]));
  };
  const queued = async () => {
    const found = await db.sql.query<{ value: string }>(
      "SELECT value FROM ioc_change JOIN ioc ON ioc.id = ioc_change.ioc_id ORDER BY value",
    );
    return found.map(({ value }) => value);
  };

  beforeEach(async () => {
    await ingestIocs(ctx, { feed, observations, pulledAt: new Date(start) });
    await db.sql.query("UPDATE ioc SET updated_at = $1::timestamptz", [new Date(start).toISOString()]);
    await db.sql.query("UPDATE ioc SET withdrawn_at = $1::timestamptz WHERE value = 'd.bad.example'", [
      new Date(start).toISOString(),
    ]);
    await db.sql.query("UPDATE ioc SET warnings = '{Vendors}' WHERE value = 'e.bad.example'");
    await db.sql.query("DELETE FROM ioc_change");
    await storeAttack(ctx, bundle(renamed("Interpreters")));
  });

  it("gives another time to what prints a changed name, once, when it applies", async () => {
    clock = start + minute;
    expect(await announceAttack(ctx)).toEqual({ read: 0, changed: 0, full: false });
    clock = start + 3 * minute;
    expect(await announceAttack(ctx, { settledMs: 2 * minute })).toMatchObject({ changed: 0, full: false });
    expect(await announceAttack(ctx)).toEqual({ read: 7, changed: 3, full: true });
    const renewed = ["T1059.001", "a.bad.example", "c.bad.example"];
    const after = await times();
    for (const [value, time] of after) expect([value, time]).toEqual([value, renewed.includes(value) ? clock : start]);
    expect(await queued()).toEqual(renewed);
    expect(await announceAttack(ctx)).toEqual({ read: 0, changed: 0, full: false });
    expect(await rows()).toMatchObject([{ announced: true }]);
  });

  it("goes on where it stopped, and passes over what has changed since", async () => {
    clock = start + 3 * minute;
    await db.sql.query("UPDATE ioc SET updated_at = $1::timestamptz WHERE value = 'a.bad.example'", [
      new Date(clock - 1).toISOString(),
    ]);
    const seen: number[] = [];
    let changed = 0;
    for (let full = true; full; ) {
      const one = await announceAttack({ sql: db.sql, now: ctx.now }, { batch: 2 });
      seen.push(one.read);
      changed += one.changed;
      full = one.full;
    }
    expect(seen).toEqual([2, 2, 2, 1, 0]);
    expect(changed).toBe(2);
    expect((await times()).get("a.bad.example")).toBe(clock - 1);
  });
});
