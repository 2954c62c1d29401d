import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { appendEvent } from "./append-event";
import { listEvents } from "./list-events";
import { auditListShape, listEventsInput } from "./shape";

let db: Db;
let ctx: Context;
let call: Call<Authorized<SessionCaller>>;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
  call = await testWorkspace(ctx);
  for (let i = 0; i < 10; i++) {
    const action = i % 2 === 0 ? "key.create" : "key.revoke";
    const target = { type: "key", id: `key ${i % 3}`, name: "K" };
    await appendEvent({ ...call, now: () => at(i) }, { action, target, reason: `${i}` });
  }
  const actor = { type: "user" as const, id: "someone", name: "Eve" };
  await appendEvent(
    { ...ctx, now: () => at(10), origin: noOrigin, actor, workspaceId: call.caller.workspaceId },
    { action: "session.sign_in", outcome: "denied", details: { why: "wrong password" } },
  );
  await appendEvent(await testWorkspace(ctx), { action: "key.create" });
  await appendEvent(call, { action: "workspace.create", workspaceId: null });
});
afterAll(() => db.close());

const list = (query: object = {}) => listEvents(call, listEventsInput.parse(query));
const reasons = async (query: object) => (await list(query)).data.map((event) => event.reason);

describe("audit log", () => {
  it("shows the workspace's events and no other's, newest first", async () => {
    const all = await list();
    expect(auditListShape.parse(all)).toEqual(all);
    expect(all.meta).toEqual({ total: 11, total_exact: true, limit: 100, next_cursor: null });
    expect(all.data[0]).toMatchObject({
      action: "session.sign_in",
      outcome: "denied",
      at: at(10).toISOString(),
      actor: { type: "user", id: "someone", name: "Eve" },
      target: null,
      ip: null,
      details: { why: "wrong password" },
    });
    expect(all.data[1]).toMatchObject({
      action: "key.revoke",
      outcome: "ok",
      actor: { type: "user", id: call.caller.userId, name: "Ada" },
      target: { type: "key", id: "key 0", name: "K" },
      ip: "192.0.2.1",
      user_agent: "tests",
      request_id: "req_test",
      reason: "9",
      details: null,
    });
  });

  it("filters by action, target, actor, outcome and time", async () => {
    expect(await reasons({ action: "key.create" })).toEqual(["8", "6", "4", "2", "0"]);
    expect(await reasons({ target: "key 0" })).toEqual(["9", "6", "3", "0"]);
    expect(await reasons({ actor: "someone" })).toEqual([null]);
    expect(await reasons({ outcome: "denied" })).toEqual([null]);
    expect(await reasons({ since: at(3).toISOString(), until: at(5).toISOString() })).toEqual(["5", "4", "3"]);
    expect(await reasons({ since: "2026-11-21T13:09:00+01:00" })).toEqual([null, "9"]);
    expect(await reasons({ action: "key.create", target: "key 0", outcome: "ok" })).toEqual(["6", "0"]);
    expect((await list({ action: "key.create", limit: "2" })).meta.total).toBe(5);
  });

  it("pages without gap or repeat while events arrive", async () => {
    const whole = (await list()).data.map((event) => event.id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 4, cursor });
      paged.push(...page.data.map((event) => event.id));
      await appendEvent(call, { action: "key.create" });
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  it.each(["x", "-1", "1.5", "9".repeat(30)])("refuses the cursor %s", async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: "invalid_parameter" });
  });

  it("stands or falls with the transaction that it tells of", async () => {
    const before = (await list()).meta.total;
    const work = db.prisma.$transaction(async (tx) => {
      await appendEvent(call, { action: "key.create" }, tx);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect((await list()).meta.total).toBe(before);
  });
});
