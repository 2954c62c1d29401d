import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../context";
import { createKey, createKeyInput, noKeyPolicy, setKeyPolicy } from "../keys";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { endUnusedKeys } from "./end-unused-keys";

const start = new Date("2026-11-21T12:00:00.000Z");
let db: Db;
let ctx: Context;
let now = start;
const day = (count: number) => {
  now = new Date(start.getTime() + count * 86_400_000);
};
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
});
afterAll(() => db.close());

it("tells a week before of keys that end for want of use, and ends those that stay unused", async () => {
  const call = await testWorkspace(ctx);
  const { workspaceId } = call.caller;
  const make = async (name: string) => (await createKey(call, createKeyInput.parse({ name }))).data.id;
  const [idle, used, other] = [await make("Idle"), await make("Used"), await testWorkspace(ctx)];
  const { id: untouched } = (await createKey(other, createKeyInput.parse({ name: "No policy" }))).data;
  await setKeyPolicy(call, { ...noKeyPolicy, end_unused_after_days: 30 });
  const run = () => endUnusedKeys(ctx, { email: false });
  const notices = () =>
    db.prisma.notice.findMany({ where: { workspaceId, kind: "key.ending_unused" }, orderBy: { keyName: "asc" } });
  const revoked = async () =>
    (await db.prisma.apiKey.findMany({ where: { revokedAt: { not: null } }, select: { id: true } })).map(
      ({ id }) => id,
    );

  day(22);
  expect([await run(), await notices()]).toEqual([0, []]);
  // Late, as after a worker's absence: the week is counted from the word all the same.
  day(28);
  await run();
  expect((await notices()).map(({ keyName, details }) => [keyName, details])).toMatchObject([
    ["Idle", { days: 30, ends_at: new Date(start.getTime() + 35 * 86_400_000).toISOString() }],
    ["Used", { days: 30 }],
  ]);
  day(34);
  await run();
  expect([await revoked(), (await notices()).length]).toEqual([[], 2]);
  await db.prisma.apiKey.update({ where: { id: used }, data: { lastUsedAt: now }, select: { id: true } });
  day(35);
  expect([await run(), await run()]).toEqual([1, 0]);
  expect(await revoked()).toEqual([idle]);
  const [event] = await db.prisma.auditEvent.findMany({ where: { workspaceId, action: "key.revoke" } });
  expect(event).toMatchObject({
    actorType: "system",
    actorName: "worker",
    targetId: idle,
    reason: "Not used for 30 days: the workspace's key policy",
  });
  expect(await db.prisma.tombstone.count({ where: { subject: idle } })).toBe(1);
  day(300);
  await run();
  day(307);
  await run();
  expect((await revoked()).sort()).toEqual([idle, used].sort());
  expect((await revoked()).includes(untouched)).toBe(false);
});
