import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { appendEvent } from "./append-event";
import { appendToChain, type EventDraft } from "./append-to-chain";
import { chainOldEvents } from "./chain-old-events";
import { checkpointChains, parseCheckpoint } from "./checkpoint";
import { createDenialRecorder } from "./denials";
import { listChains, verifyChain } from "./verify-chain";

let db: Db;
let ctx: Context;
const logged: string[] = [];

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, {
    log: {
      debug: () => {},
      warn: () => {},
      error: () => {},
      info: (fields) => logged.push((fields as { checkpoint: string }).checkpoint),
    },
  });
});
afterAll(() => db.close());

const actor = { type: "user", id: "someone", name: "Eve \ud800 \u0000 ✓" } as const;
const append = (workspaceId: string | null, i: number, context = ctx) =>
  appendEvent(
    { ...context, origin: { ...noOrigin, ip: "192.0.2.1" }, actor, workspaceId },
    {
      action: "key.create",
      target: { type: "key", id: `${i}`, name: "K" },
      reason: `no. ${i} \ud800`,
      details: { z: [1.5, 1e21, 1e-9], a: { "\ud800": null, b: "\u0000" }, i },
    },
  );

/** A chain of `length` events, and the ids of its rows. */
async function chainOf(length: number): Promise<{ workspaceId: string; ids: number[] }> {
  const workspaceId = randomUUID();
  for (let i = 1; i <= length; i++) await append(workspaceId, i);
  const rows = await db.sql.query<{ id: number }>(
    "SELECT id FROM audit_event WHERE workspace_id = $1::uuid ORDER BY seq",
    [workspaceId],
  );
  return { workspaceId, ids: rows.map((row) => row.id) };
}

const tables = ["audit_event", "audit_head", "audit_checkpoint"];

/** What somebody can do who owns the database: everything but make a hash. */
async function attack(...statements: string[]): Promise<void> {
  await db.sql.begin(async ({ query }) => {
    for (const table of tables) await query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await query("DROP INDEX IF EXISTS audit_event_workspace_id_seq_key");
    for (const statement of statements) await query(statement);
    for (const table of tables) await query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
}

const problemOf = async (workspaceId: string | null, options = {}) =>
  (await verifyChain(ctx, workspaceId, { pageSize: 2, ...options })).problem;

const shift = (workspaceId: string, from: number, by: number) =>
  `UPDATE audit_event SET seq = seq + (${by}) WHERE workspace_id = '${workspaceId}' AND seq >= ${from}`;
const swap = (ids: number[], a: number, b: number) =>
  `UPDATE audit_event SET seq = CASE id WHEN ${ids[a - 1]} THEN ${b} ELSE ${a} END WHERE id IN (${ids[a - 1]}, ${ids[b - 1]})`;
const copied =
  "at, action, outcome, actor_type, actor_id, actor_name, ip, user_agent, request_id, target_type, target_id, target_name, reason, details, prev_hash, hash, hash_key_id";
const copy = (id: number | undefined, seq: string) =>
  `INSERT INTO audit_event (workspace_id, seq, ${copied}) SELECT workspace_id, ${seq}, ${copied} FROM audit_event WHERE id = ${id}`;

describe("a chain that nobody touched", () => {
  it("is verified to its end, whatever its events say, in pages of any size", async () => {
    const { workspaceId } = await chainOf(7);
    for (const pageSize of [1, 3, 7, 1_000]) {
      const progress: [number, number][] = [];
      const report = await verifyChain(ctx, workspaceId, { pageSize, onProgress: (...args) => progress.push(args) });
      expect(report).toMatchObject({ workspaceId, events: 7, problem: null });
      expect(progress.at(-1)).toEqual([7, 7]);
    }
  });

  it("is verified whatever strings and numbers its events hold", async () => {
    const workspaceId = randomUUID();
    const text = fc.option(fc.string({ unit: "binary", maxLength: 30 }));
    const draft = fc.record({
      at: fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      ...{ actorId: text, actorName: text, ip: text, userAgent: text, requestId: text, reason: text },
      ...{ targetType: text, targetId: text, targetName: text },
      details: fc.option(fc.dictionary(fc.string({ unit: "binary", maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }))),
    });
    const drafts = fc
      .sample(draft, { numRuns: 300, seed: 20_261_122 })
      .map((one) => ({ ...one, action: "key.create", outcome: "ok", actorType: "user" }));
    const odd = [5e-324, 1.7976931348623157e308, -0, 1e21, 0.1 + 0.2, 123456789012345680000, 1e-7].map((number) => ({
      ...drafts[0],
      details: { number, deep: [[number]] },
    }));
    const all = [...drafts, ...odd] as EventDraft[];
    // A few at a time: PostgreSQL ends a transaction in which nothing comes for 1.5 s, which a busy machine may take to
    // write so many into one statement.
    for (let at = 0; at < all.length; at += 50) {
      await db.prisma.$transaction((tx) => appendToChain(ctx, tx, workspaceId, all.slice(at, at + 50)));
    }
    expect(await verifyChain(ctx, workspaceId)).toMatchObject({ events: 307, problem: null });
  });

  it("is that of the instance too, and of a workspace without events", async () => {
    await append(null, 1);
    await append(null, 2);
    expect(await verifyChain(ctx, null)).toMatchObject({ workspaceId: null, events: 2, problem: null });
    expect(await listChains(ctx)).toContain(null);
  });

  it("is one, unbroken, after twenty transactions at once, and leaves out those that failed", async () => {
    const workspaceId = randomUUID();
    const work = Array.from({ length: 20 }, (_, i) =>
      db.prisma.$transaction(
        async (tx) => {
          const event = { action: "key.create", reason: `${i}` } as const;
          await appendEvent({ ...ctx, origin: noOrigin, actor, workspaceId }, event, tx);
          if (i % 5 === 0) throw new Error("taken back");
        },
        { maxWait: 60_000, timeout: 60_000 },
      ),
    );
    const results = await Promise.allSettled(work);
    expect(results.filter((result) => result.status === "rejected")).toHaveLength(4);
    expect(await verifyChain(ctx, workspaceId)).toMatchObject({ events: 16, problem: null });
  });

  it("takes denials in batches, of many workspaces", async () => {
    const workspaces = Array.from({ length: 3 }, () => randomUUID());
    const recorder = createDenialRecorder();
    for (let i = 0; i < 30; i++) {
      const workspaceId = workspaces[i % 3] ?? "";
      const origin = { ...noOrigin, ip: `192.0.2.${i}` };
      recorder.record({ workspaceId, actor, code: "tier_required", route: "/r", origin, at: ctx.now() });
    }
    await recorder.flush(ctx);
    for (const workspaceId of workspaces) {
      expect(await verifyChain(ctx, workspaceId)).toMatchObject({ events: 10, problem: null });
    }
  });

  it("goes on under a new key while the former one is known, and says so when it is not", async () => {
    const { workspaceId, ids } = await chainOf(2);
    const fresh = ["new", Buffer.alloc(32, 3)] as const;
    const both = { ...ctx, auditKeys: { current: "new", byId: new Map([fresh, ...ctx.auditKeys.byId]) } };
    await append(workspaceId, 3, both);
    expect(await verifyChain(both, workspaceId)).toMatchObject({ events: 3, problem: null });
    const forgot = { ...ctx, auditKeys: { current: "new", byId: new Map([fresh]) } };
    const { problem } = await verifyChain(forgot, workspaceId);
    expect(problem).toMatchObject({ kind: "unknown_key", seq: 1, event: String(ids[0]) });
    expect(problem?.explanation).toContain("TOCSIN_PREVIOUS_SECRETS");
  });

  it("takes up the events from before there were chains", async () => {
    const workspaceId = randomUUID();
    for (let i = 0; i < 3; i++) {
      await db.prisma.auditEvent.create({
        data: { workspaceId, action: "key.create", outcome: "ok", actorType: "user", details: { i } },
      });
    }
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "head_edited" });
    expect(await chainOldEvents(ctx)).toBe(3);
    await append(workspaceId, 4);
    expect(await verifyChain(ctx, workspaceId)).toMatchObject({ events: 4, problem: null });
    expect(await chainOldEvents(ctx)).toBe(0);
  });
});

describe("the database", () => {
  it.each([
    "UPDATE audit_event SET reason = 'other'",
    "UPDATE audit_event SET hash = NULL",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event",
    "TRUNCATE audit_event CASCADE",
    "UPDATE audit_head SET seq = seq - 1",
    "DELETE FROM audit_head",
    "TRUNCATE audit_head",
    "UPDATE audit_checkpoint SET seq = seq + 1",
    "DELETE FROM audit_checkpoint",
    "TRUNCATE audit_checkpoint",
  ])("refuses %s", async (statement) => {
    const { workspaceId } = await chainOf(1);
    await checkpointChains(ctx);
    await expect(db.sql.query(statement)).rejects.toThrow(/is refused/);
    expect(await problemOf(workspaceId)).toBeNull();
  });

  it("keeps the log of a workspace that is deleted", async () => {
    const { workspaceId } = await chainOf(2);
    await db.prisma.workspace.create({ data: { id: workspaceId, name: "Gone", slug: workspaceId } });
    await db.prisma.workspace.delete({ where: { id: workspaceId } });
    expect(await verifyChain(ctx, workspaceId)).toMatchObject({ events: 2, problem: null });
  });
});

describe("a chain that was attacked", () => {
  const columns = [
    ...["action = 'key.revoke'", "outcome = 'denied'", "at = at + interval '1 ms'", "ip = '192.0.2.2'", "ip = NULL"],
    ...["reason = ''", "actor_id = 'other'", "actor_name = 'other'", "actor_type = 'system'", "target_id = '9'"],
    ...["user_agent = 'x'", "request_id = 'x'", "target_type = 'x'", "target_name = NULL", "id = id + 100000"],
    ...["details = details || '{\"i\": 4}'", "details = NULL", "hash = prev_hash", "prev_hash = hash"],
  ];
  it.each(columns)("was edited: %s", async (change) => {
    const { workspaceId, ids } = await chainOf(5);
    await attack(`UPDATE audit_event SET ${change} WHERE id = ${ids[2]}`);
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "edited", seq: 3 });
  });

  it.each([1, 2, 4])("lost event %i", async (seq) => {
    const { workspaceId, ids } = await chainOf(5);
    await attack(`DELETE FROM audit_event WHERE id = ${ids[seq - 1]}`);
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "deleted", seq, event: null });
  });

  it("lost an event, and the others moved up", async () => {
    const { workspaceId, ids } = await chainOf(5);
    await attack(`DELETE FROM audit_event WHERE id = ${ids[2]}`, shift(workspaceId, 4, -1));
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "deleted", seq: 3 });
  });

  it("lost an event to another workspace", async () => {
    const [one, other] = [await chainOf(3), await chainOf(3)];
    await attack(`UPDATE audit_event SET workspace_id = '${other.workspaceId}', seq = 4 WHERE id = ${one.ids[1]}`);
    expect(await problemOf(one.workspaceId)).toMatchObject({ kind: "deleted", seq: 2 });
    expect(await problemOf(other.workspaceId)).toMatchObject({ kind: "inserted", seq: 4, event: String(one.ids[1]) });
  });

  it.each([
    [2, 3],
    [1, 5],
    [2, 4],
  ])("had events %i and %i change places", async (a, b) => {
    const { workspaceId, ids } = await chainOf(5);
    await attack(swap(ids, a, b));
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "reordered", seq: a, event: String(ids[b - 1]) });
  });

  it("had an event moved to its end", async () => {
    const { workspaceId, ids } = await chainOf(4);
    await attack(`UPDATE audit_event SET seq = 9 WHERE id = ${ids[1]}`);
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "reordered", event: String(ids[1]) });
  });

  it("got an event in its midst, the others moved down", async () => {
    const { workspaceId, ids } = await chainOf(4);
    const forge = `UPDATE audit_event SET reason = 'forged' WHERE workspace_id = '${workspaceId}' AND seq = 3`;
    await attack(shift(workspaceId, 3, 1), copy(ids[1], "3"), forge);
    const problem = await problemOf(workspaceId);
    expect(problem).toMatchObject({ kind: "inserted", seq: 3 });
    expect(ids.map(String)).not.toContain(problem?.event);
  });

  it("got a second event at a place, at its end, or at no place", async () => {
    const [second, end, none, zero] = [await chainOf(3), await chainOf(3), await chainOf(3), await chainOf(3)];
    await attack(
      copy(second.ids[1], "2"),
      copy(end.ids[2], "4"),
      copy(zero.ids[0], "0"),
      `INSERT INTO audit_event (workspace_id, action, outcome, actor_type) VALUES ('${none.workspaceId}', 'key.create', 'ok', 'user')`,
    );
    for (const pageSize of [1, 2, 10]) {
      expect(await problemOf(second.workspaceId, { pageSize })).toMatchObject({ kind: "inserted", seq: 2 });
    }
    expect(await problemOf(zero.workspaceId)).toMatchObject({ kind: "inserted", seq: 0 });
    expect(await problemOf(end.workspaceId)).toMatchObject({ kind: "inserted", seq: 4 });
    expect(await problemOf(none.workspaceId)).toMatchObject({ kind: "inserted", seq: null });
  });

  it("was cut off", async () => {
    const { workspaceId, ids } = await chainOf(5);
    await attack(`DELETE FROM audit_event WHERE id IN (${ids[3]}, ${ids[4]})`);
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "cut_off", seq: 4 });
  });

  it("was cut off, and its head rewritten or removed", async () => {
    const [rewritten, removed] = [await chainOf(5), await chainOf(5)];
    await attack(
      `DELETE FROM audit_event WHERE id IN (${rewritten.ids[4]}, ${removed.ids[4]})`,
      `UPDATE audit_head SET seq = 4, hash = (SELECT hash FROM audit_event WHERE id = ${rewritten.ids[3]}) WHERE chain = '${rewritten.workspaceId}'`,
      `DELETE FROM audit_head WHERE chain = '${removed.workspaceId}'`,
    );
    expect(await problemOf(rewritten.workspaceId)).toMatchObject({ kind: "head_edited", seq: 4 });
    expect(await problemOf(removed.workspaceId)).toMatchObject({ kind: "head_edited", seq: 4 });
  });

  it("was set back to how it was before, with all that the database knew of it then", async () => {
    const { workspaceId, ids } = await chainOf(2);
    const [before] = await db.sql.query<{ seq: number; hash: string; signature: string }>(
      "SELECT seq, encode(hash, 'hex') AS hash, encode(signature, 'hex') AS signature FROM audit_head WHERE chain = $1::uuid",
      [workspaceId],
    );
    await append(workspaceId, 3);
    logged.length = 0;
    await checkpointChains(ctx);
    const line = logged.find((text) => text.includes(workspaceId)) ?? "";
    const setBack = [
      `DELETE FROM audit_event WHERE workspace_id = '${workspaceId}' AND id > ${ids[1]}`,
      `UPDATE audit_head SET seq = 2, hash = '\\x${before?.hash}', signature = '\\x${before?.signature}' WHERE chain = '${workspaceId}'`,
    ];
    await attack(...setBack);
    expect(await problemOf(workspaceId)).toMatchObject({ kind: "cut_off", seq: 3 });
    await attack(`DELETE FROM audit_checkpoint WHERE chain = '${workspaceId}'`);
    expect(await problemOf(workspaceId)).toBeNull();
    const checkpoint = parseCheckpoint(line);
    expect(await problemOf(workspaceId, { checkpoints: [checkpoint] })).toMatchObject({ kind: "cut_off", seq: 3 });
    await append(workspaceId, 4);
    expect(await problemOf(workspaceId, { checkpoints: [checkpoint] })).toMatchObject({ kind: "rewritten", seq: 3 });
  });

  it("had a checkpoint edited", async () => {
    const { workspaceId } = await chainOf(3);
    await checkpointChains(ctx);
    await attack(`UPDATE audit_checkpoint SET seq = 2 WHERE chain = '${workspaceId}'`);
    expect((await problemOf(workspaceId))?.kind).toBe("checkpoint_edited");
  });
});

describe("checkpoints", () => {
  it("are made once an hour of what has grown, by one of many nodes", async () => {
    const { workspaceId } = await chainOf(1);
    const later = (minutes: number) => ({ ...ctx, now: () => new Date(ctx.now().getTime() + minutes * 60_000) });
    const madeOf = async (minutes: number) => {
      logged.length = 0;
      await Promise.all([checkpointChains(later(minutes)), checkpointChains(later(minutes))]);
      return logged.filter((text) => text.includes(workspaceId)).map((text) => parseCheckpoint(text)?.seq);
    };
    expect(await madeOf(0)).toEqual([1]);
    await append(workspaceId, 2);
    expect(await madeOf(59)).toEqual([]);
    expect(await madeOf(60)).toEqual([2]);
    expect(await madeOf(600)).toEqual([]);
    expect(await verifyChain(ctx, workspaceId)).toMatchObject({ checkpoints: 2, problem: null });
  });

  it.each(["", "tac1", "tac1.x.1.2.3.4.5", "tac2.a"])("are not read from %j", (text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });
});
