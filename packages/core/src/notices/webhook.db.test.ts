import { randomUUID } from "node:crypto";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { claimDeliveries, finishDelivery, type Job, releaseDelivery, retryDelays } from "./deliver";
import { listDeliveries, replayDelivery, testWebhook } from "./deliveries";
import { countUnread, listNotices } from "./list-notices";
import { makeNotices } from "./make-notices";
import { markRead } from "./mark-read";
import { type NoticeKind, noticeKinds } from "./shape";
import { getWebhook, removeWebhook, setWebhook } from "./webhook";

type Admin = Call<Authorized<SessionCaller>>;
const now = new Date("2026-11-21T12:00:00.000Z");
const open = { privateTargets: true };
let db: Db;
let ctx: Context;
let owner: Admin;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());
beforeEach(async () => {
  owner = await testWorkspace(ctx);
  await ctx.sql.query("UPDATE member SET created_at = $1::timestamptz", ["2026-01-01T00:00:00Z"]);
  await ctx.sql.query("DELETE FROM notice_delivery");
});

function tell(of: Admin, kind: NoticeKind = "key.unused", occasion: string = randomUUID(), at = now) {
  const unused = { days: 90, last_used_at: null, created_at: now.toISOString() };
  const quota = { of: "key", percent: 80, limit: 10, day: "2026-11-21", resets_at: now.toISOString() };
  const details = kind === "key.unused" ? unused : quota;
  const draft = { kind, details, workspaceId: of.caller.workspaceId, key: null, occasion, at };
  return makeNotices(ctx.sql.query, [draft as Parameters<typeof makeNotices>[1][number]], { email: true });
}

const put = (over: object = {}) =>
  setWebhook(
    owner,
    { url: "http://127.0.0.1:9/in", kinds: [...noticeKinds], enabled: true, rotateSecret: false, ...over },
    open,
  );
const claim = () => claimDeliveries(ctx, { limit: 50, leaseSeconds: 60 });
const pass = (seconds: number) =>
  ctx.sql.query(
    `UPDATE notice_delivery SET next_at = next_at - make_interval(secs => $1::float8),
       claimed_until = claimed_until - make_interval(secs => $1::float8)`,
    [seconds],
  );
const failing = { at: now.toISOString(), status: 500, error: "The receiver answered 500.", ms: 3, delivered: false };

async function claimOne(): Promise<Job> {
  const [job, ...rest] = (await claim()).filter(({ channel }) => channel !== "email");
  if (!job || rest.length > 0) throw new Error(`${rest.length + 1} jobs`);
  return job;
}

describe("in the dashboard", () => {
  it("lists, counts and marks for each person by themselves, of their workspace alone", async () => {
    const other = await testWorkspace(ctx);
    for (let i = 0; i < 5; i++) await tell(owner, "key.unused", `o${i}`, new Date(now.getTime() + i));
    await tell(owner, "quota.warning", "q");
    await tell(other);
    expect(await countUnread(owner)).toEqual({ unread: 6 });
    const first = await listNotices(owner, { limit: 4 });
    expect(first.meta.total).toBe(6);
    const rest = await listNotices(owner, { limit: 4, cursor: first.meta.next_cursor ?? "" });
    expect(new Set([...first.data, ...rest.data].map(({ id }) => id)).size).toBe(6);
    expect(rest.meta.next_cursor).toBeNull();
    const ids = first.data.map(({ id }) => id);
    expect(await markRead(other, { ids })).toEqual({ unread: 0 });
    expect(await countUnread(owner)).toEqual({ unread: 6 });
    expect(await markRead(owner, { ids })).toEqual({ unread: 2 });
    expect(await markRead(owner, { ids })).toEqual({ unread: 2 });
    expect((await listNotices(owner, { limit: 50, unread: true })).meta.total).toBe(2);
    expect((await listNotices(owner, { limit: 50, unread: false })).data.every(({ read }) => read)).toBe(true);
    expect((await listNotices(owner, { limit: 50, kind: "quota.warning" })).data).toHaveLength(1);
    const colleague = randomUUID();
    await ctx.db.user.create({ data: { id: colleague, name: "Bo", email: `${colleague}@people.example` } });
    await ctx.db.member.create({
      data: { id: randomUUID(), userId: colleague, workspaceId: owner.caller.workspaceId, createdAt: now },
    });
    const newcomer = { ...owner, caller: { ...owner.caller, userId: colleague } };
    await tell(owner, "key.unused", "before they came", new Date(now.getTime() - 1));
    expect(await countUnread(newcomer)).toEqual({ unread: 6 });
    expect(await markRead(owner, {})).toEqual({ unread: 0 });
    await expect(listNotices(owner, { limit: 4, cursor: "x.y" })).rejects.toMatchObject({ code: "invalid_parameter" });
  });
});

describe("the webhook", () => {
  it("answers its secret once, keeps it sealed, and signs with two while it changes", async () => {
    expect(await getWebhook(owner)).toBeNull();
    const made = await put();
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify(await ctx.sql.query("SELECT * FROM webhook"))).not.toContain(made.secret?.slice(6));
    expect(await put({ kinds: ["key.unused"] })).toMatchObject({ secret: null, data: { kinds: ["key.unused"] } });
    await tell(owner);
    expect(await claimOne()).toMatchObject({ secrets: [made.secret] });
    await ctx.sql.query("UPDATE webhook SET previous_until = now()");
    const changed = await put({ rotateSecret: true });
    await ctx.sql.query("UPDATE webhook SET previous_until = now() + interval '1 hour'");
    await pass(61);
    expect(await claimOne()).toMatchObject({ secrets: [changed.secret, made.secret] });
    const events = await ctx.db.auditEvent.findMany({
      where: { workspaceId: owner.caller.workspaceId },
      select: { action: true, details: true },
    });
    expect(events.map(({ action }) => action)).toEqual(["webhook.set", "webhook.set", "webhook.set"]);
    expect(JSON.stringify(events)).not.toContain("whsec_");
  });

  it("refuses targets that are not on the open internet", async () => {
    for (const url of ["http://127.0.0.1/", "https://10.0.0.1/", "http://hooks.example/"]) {
      const input = { url, kinds: [...noticeKinds], enabled: true, rotateSecret: false };
      await expect(setWebhook(owner, input, { privateTargets: false })).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "url" }] },
      });
    }
    expect(await getWebhook(owner)).toBeNull();
  });

  it("gets the kinds that it asked for, in its own workspace, while it is on", async () => {
    await put({ kinds: ["quota.reached"] });
    await tell(owner, "key.unused");
    await tell(await testWorkspace(ctx), "quota.reached");
    await tell(owner, "quota.reached");
    await put({ enabled: false });
    await tell(owner, "quota.reached");
    await put();
    expect((await listDeliveries(owner, { limit: 50, channel: "webhook" })).data).toHaveLength(1);
  });

  it("removed, is sent nothing more", async () => {
    await put();
    await tell(owner);
    const other = await testWorkspace(ctx);
    await expect(removeWebhook(other)).rejects.toMatchObject({ code: "not_found" });
    await removeWebhook(owner);
    expect((await claim()).filter(({ channel }) => channel === "webhook")).toEqual([]);
    await expect(testWebhook(owner)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the queue", () => {
  it("gives each delivery to one of many who ask at once, and again when its holder has died", async () => {
    await put();
    for (let i = 0; i < 10; i++) await tell(owner);
    const rounds = await Promise.all(
      Array.from({ length: 8 }, () => claimDeliveries(ctx, { limit: 7, leaseSeconds: 60 })),
    );
    const ids = rounds.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(20);
    expect(await claim()).toEqual([]);
    await pass(61);
    const [second] = await claim();
    const first = rounds.flat().find(({ id }) => id === second?.id);
    if (!first || !second) throw new Error("nothing");
    expect(second.messageId).toBe(first.messageId);
    // The first holder was only slow: what it says no longer counts.
    await finishDelivery(ctx, first, { ...failing, delivered: true });
    expect(await listDeliveries(owner, { limit: 50, status: "delivered" })).toMatchObject({ data: [] });
    await finishDelivery(ctx, second, { ...failing, delivered: true, status: 200, error: null });
    expect((await listDeliveries(owner, { limit: 50, status: "delivered" })).data).toHaveLength(1);
  });

  it("tries again for about a day, then gives up; a replay begins anew under the same id", async () => {
    await put();
    await tell(owner);
    await ctx.sql.query("DELETE FROM notice_delivery WHERE channel = 'email'");
    let messageId = "";
    for (const delay of [...retryDelays, null]) {
      const job = await claimOne();
      messageId ||= job.messageId;
      expect(job.messageId).toBe(messageId);
      await finishDelivery(ctx, job, failing);
      if (delay === null) break;
      await pass(delay - 1);
      expect(await claim()).toEqual([]);
      await pass(1 + delay * 0.2);
    }
    const seconds = retryDelays.reduce((sum: number, delay) => sum + delay, 0);
    expect(seconds).toBeGreaterThan(23 * 3_600);
    expect(seconds * 1.2).toBeLessThan(30 * 3_600);
    const { data } = await listDeliveries(owner, { limit: 10 });
    expect(data).toMatchObject([{ status: "failed", attempts: 8, message_id: messageId, next_at: null }]);
    expect(data[0]?.tries).toHaveLength(8);
    const other = await testWorkspace(ctx);
    const id = data[0]?.id ?? "";
    await expect(replayDelivery(other, { id })).rejects.toMatchObject({ code: "not_found" });
    await replayDelivery(owner, { id });
    const again = await claimOne();
    expect(again).toMatchObject({ messageId, attempts: 1 });
    await finishDelivery(ctx, again, { ...failing, delivered: true, status: 204, error: null });
    expect((await listDeliveries(owner, { limit: 10 })).data[0]?.tries.at(-1)).toMatchObject({ status: 204 });
  });

  it("waits as long as the receiver asks, a day at most; 410 switches the webhook off", async () => {
    await put();
    await tell(owner);
    await ctx.sql.query("DELETE FROM notice_delivery WHERE channel = 'email'");
    await finishDelivery(ctx, await claimOne(), { ...failing, status: 429, retryAfterSeconds: 3_600 });
    await pass(3_500);
    expect(await claim()).toEqual([]);
    await pass(101);
    await finishDelivery(ctx, await claimOne(), { ...failing, status: 410, gone: true });
    expect(await getWebhook(owner)).toMatchObject({ enabled: false, off_reason: "The receiver answered 410 Gone." });
    expect((await listDeliveries(owner, { limit: 10 })).data).toMatchObject([{ status: "failed", attempts: 2 }]);
  });

  it("what a stopping process gives back is due at once, and no attempt is lost", async () => {
    await put();
    await tell(owner);
    await ctx.sql.query("DELETE FROM notice_delivery WHERE channel = 'email'");
    await releaseDelivery(ctx, await claimOne());
    expect(await claimOne()).toMatchObject({ attempts: 1 });
  });

  it("takes ten tests a minute", async () => {
    await put();
    for (let i = 0; i < 10; i++) await testWebhook(owner);
    await expect(testWebhook(owner)).rejects.toMatchObject({ code: "rate_limit_exceeded" });
    const [job] = await claim();
    expect(job).toMatchObject({ channel: "webhook" });
    expect(job?.channel === "webhook" && JSON.parse(job.body).type).toBe("webhook.test");
  });

  it("writes to owners and admins, to no member", async () => {
    for (const role of ["admin", "analyst"]) {
      const id = randomUUID();
      await ctx.db.user.create({ data: { id, name: role, email: `${role}-${id}@people.example` } });
      await ctx.db.member.create({
        data: { id: randomUUID(), userId: id, workspaceId: owner.caller.workspaceId, role },
      });
    }
    await tell(owner);
    const letters = (await claim()).flatMap((job) => (job.channel === "email" ? [job] : []));
    expect(letters.map(({ to }) => to.split("-")[0]).sort()).toEqual(
      ["admin", owner.caller.email.split("-")[0]].sort(),
    );
    expect(letters[0]?.subject).toContain("has not been used for 90 days");
  });
});

it("of a workspace is none of a member's business, whichever way they come", async () => {
  const { id } = (await put()).data;
  const member: Admin = { ...owner, caller: authenticated({ ...owner.caller, role: "analyst" }) };
  const setting = { url: "http://127.0.0.1:9/in", kinds: [], enabled: true, rotateSecret: false };
  const ways = [
    () => getWebhook(member),
    () => setWebhook(member, setting, open),
    () => removeWebhook(member),
    () => testWebhook(member),
    () => listDeliveries(member, { limit: 10 }),
    () => replayDelivery(member, { id }),
  ];
  for (const way of ways) await expect(way()).rejects.toMatchObject({ code: "insufficient_role" });
});
