import fs from "node:fs";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Context, noOrigin } from "../context";
import { createKey, createKeyInput, mintSecret, verifyKey } from "../keys";
import { describeNotice } from "../notices";
import { testContext } from "../testing";
import { createToken, createTokenInput, verifyToken } from "../tokens";
import { testWorkspace } from "../workspaces/testing";
import { answerLeak } from "./answer-leak";
import { findDelivery, keepDelivery } from "./deliveries";
import { findLeaked } from "./find-leaked";
import { findSecrets, scannerPattern } from "./scanner-pattern";
import { setLeakPolicy } from "./set-leak-policy";

const dayMs = 86_400_000;
let db: Db;
let ctx: Context;
let time = new Date("2026-11-21T12:00:00.000Z");
let statements = 0;
beforeAll(async () => {
  db = await testDb();
  const query: Context["sql"]["query"] = (...args) => {
    statements += 1;
    return db.sql.query(...args);
  };
  ctx = testContext(db, { now: () => time, sql: { ...db.sql, query } });
});
afterAll(() => db.close());

const report = { by: "leak report", source: "https://paste.example/1" };
const answer = async (secrets: string[], about = report) => {
  for (const leaked of await findLeaked(ctx, secrets)) {
    if (leaked)
      await answerLeak({ ...ctx, origin: { ...noOrigin, ip: "198.51.100.7" } }, leaked, about, { email: true });
  }
};
const noticesOf = async (workspaceId: string) =>
  (await db.prisma.notice.findMany({ where: { workspaceId }, include: { deliveries: true } })).map(
    ({ kind, keyId, keyName, details, deliveries }) => ({
      ...{ kind, keyId, details, ...describeNotice(kind, keyName, details) },
      mails: deliveries.filter(({ channel }) => channel === "email").length,
    }),
  );
const eventsOf = async (targetId: string) =>
  (await db.prisma.auditEvent.findMany({ where: { targetId }, orderBy: { id: "asc" } })).filter(
    ({ action }) => !action.endsWith(".create"),
  );
const newKey = async (call: Awaited<ReturnType<typeof testWorkspace>>, rest: object = {}) =>
  (await createKey(call, createKeyInput.parse({ name: "Leaky", ...rest }))).data;

describe("findLeaked", () => {
  it("reads nothing for what is no secret, and once for whatever could be", async () => {
    const call = await testWorkspace(ctx);
    const key = await newKey(call);
    statements = 0;
    expect(await findLeaked(ctx, ["", "sk_live_", "x".repeat(900), `${key.key}x`])).toEqual([null, null, null, null]);
    expect(statements).toBe(0);
    const unknown = Array.from({ length: 99 }, () => mintSecret("sk_live_"));
    expect((await findLeaked(ctx, unknown)).every((found) => found === null)).toBe(true);
    expect(statements).toBe(1);
    const found = await findLeaked(ctx, [...unknown, key.key, key.key]);
    expect(statements).toBe(2);
    expect(found.slice(99).map((leaked) => leaked?.id)).toEqual([key.id, key.id]);
  });
});

describe("answerLeak", () => {
  it("revokes a key and a token, says why, from where and where it was found", async () => {
    const call = await testWorkspace(ctx);
    const key = await newKey(call);
    const token = (
      await createToken(call, createTokenInput.parse({ name: "CI", scopes: ["manage:keys:read"], expires_in_days: 1 }))
    ).data;
    await answer([key.key, token.token]);
    expect(await verifyKey(ctx, key.key, null)).toMatchObject({ usable: false, code: "invalid_api_key" });
    expect(await verifyToken(ctx, token.token, null)).toMatchObject({ usable: false, code: "invalid_token" });
    const row = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(row).toMatchObject({ revokedReason: "Reported as leaked", revokedBy: "leak report" });
    const seen = (await eventsOf(key.id)).map(({ action, actorType, actorName, ip, reason, workspaceId }) => ({
      ...{ action, actorType, actorName, ip, reason, workspaceId },
    }));
    const common = {
      actorType: "system",
      actorName: "leak report",
      ip: "198.51.100.7",
      reason: "Reported as leaked",
      workspaceId: call.caller.workspaceId,
    };
    expect(seen).toEqual([
      { action: "key.revoke", ...common },
      { action: "key.leaked", ...common },
    ]);
    expect((await eventsOf(key.id)).at(-1)?.details).toEqual({
      prefix: key.key_prefix,
      policy: "revoke",
      source: report.source,
    });
    expect((await eventsOf(token.id)).map(({ action }) => action)).toEqual(["token.revoke", "token.leaked"]);
    const notices = await noticesOf(call.caller.workspaceId);
    expect(notices.sort((a, b) => a.title.localeCompare(b.title))).toMatchObject([
      { kind: "key.leaked", keyId: null, title: "“CI” was reported as leaked and is revoked", mails: 1 },
      { kind: "key.leaked", keyId: key.id, title: "“Leaky” was reported as leaked and is revoked", mails: 1 },
    ]);
  });

  it("only tells where the workspace wants that, and no more than once a day", async () => {
    const call = await testWorkspace(ctx);
    expect(await setLeakPolicy(call, { leakPolicy: "notify" })).toEqual({ leak_policy: "notify" });
    const key = await newKey(call);
    await Promise.all([answer([key.key]), answer([key.key]), answer([key.key])]);
    expect((await verifyKey(ctx, key.key, null)).usable).toBe(true);
    expect((await eventsOf(key.id)).map(({ action }) => action)).toEqual(["key.leaked"]);
    const [notice, ...others] = await noticesOf(call.caller.workspaceId);
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ title: "“Leaky” was reported as leaked", details: { revoked: false }, mails: 1 });
    expect(notice?.text).toContain("https://paste.example/1");
    time = new Date(time.getTime() + dayMs + 1);
    await answer([key.key]);
    expect(await eventsOf(key.id)).toHaveLength(2);
    await setLeakPolicy(call, { leakPolicy: "revoke" });
    await answer([key.key]);
    expect((await verifyKey(ctx, key.key, null)).usable).toBe(false);
  });

  it("keeps no secret that stands in the source", async () => {
    const call = await testWorkspace(ctx);
    await setLeakPolicy(call, { leakPolicy: "notify" });
    const key = await newKey(call);
    await answer([key.key], { ...report, source: `https://paste.example/?q=${key.key}&x=1` });
    const [event] = await eventsOf(key.id);
    expect(event?.details).toMatchObject({ source: "https://paste.example/?q=[redacted]&x=1" });
    expect(JSON.stringify(await noticesOf(call.caller.workspaceId))).not.toContain(key.key.slice(12));
  });

  it("leaves alone what is over", async () => {
    const call = await testWorkspace(ctx);
    const [revoked, expired] = [await newKey(call), await newKey(call, { expires_in_days: 1 })];
    await answer([revoked.key]);
    const events = await eventsOf(revoked.id);
    time = new Date(time.getTime() + 2 * dayMs);
    await answer([revoked.key, expired.key]);
    expect(await eventsOf(revoked.id)).toEqual(events);
    expect(await eventsOf(expired.id)).toEqual([]);
    expect((await findLeaked(ctx, [revoked.key, expired.key])).map((leaked) => leaked?.over)).toEqual([true, true]);
  });

  it("ends a key once, whoever reports it at once", async () => {
    const call = await testWorkspace(ctx);
    const key = await newKey(call);
    await Promise.all(Array.from({ length: 5 }, () => answer([key.key])));
    expect((await eventsOf(key.id)).map(({ action }) => action).sort()).toEqual(["key.leaked", "key.revoke"]);
  });
});

describe("setLeakPolicy", () => {
  it("is for owners and admins, and writes a change alone", async () => {
    const member = await testWorkspace(ctx, { role: "analyst" });
    await expect(setLeakPolicy(member, { leakPolicy: "notify" })).rejects.toMatchObject({ code: "insufficient_role" });
    const call = await testWorkspace(ctx, { role: "admin" });
    for (const leakPolicy of ["revoke", "notify", "notify"] as const) await setLeakPolicy(call, { leakPolicy });
    const events = await eventsOf(call.caller.workspaceId);
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["workspace.set_leak_policy", { before: "revoke", after: "notify" }],
    ]);
  });
});

describe("deliveries", () => {
  it("are known for a day, and by their every byte", async () => {
    const body = Buffer.from('[{"token":"a"}]');
    expect(await findDelivery(ctx, body)).toBeNull();
    await Promise.all([keepDelivery(ctx, body, [true, false]), keepDelivery(ctx, body, [true, false])]);
    expect(await findDelivery(ctx, body)).toEqual([true, false]);
    expect(await findDelivery(ctx, Buffer.from('[{"token":"a" }]'))).toBeNull();
    time = new Date(time.getTime() + dayMs);
    expect(await findDelivery(ctx, body)).toBeNull();
    await keepDelivery(ctx, body, [false]);
    expect(await findDelivery(ctx, body)).toEqual([false]);
    expect(await db.prisma.leakDelivery.count()).toBe(1);
  });
});

describe("scannerPattern", () => {
  const pattern = new RegExp(scannerPattern("sk_live_"), "g");

  it("finds keys and management tokens in a text, and no part of a longer word", () => {
    const [key, token] = [mintSecret("sk_live_"), mintSecret("sk_manage_")];
    const text = `KEY="${key}"\ncurl -H 'Authorization: Bearer ${token}' x${key} ${key}x sk_live_short`;
    expect(text.match(pattern)).toEqual([key, token]);
    const mistyped = `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}`;
    expect(findSecrets(`${text}\n${mistyped}`, "sk_live_")).toEqual([
      { line: 1, prefix: key.slice(0, 12) },
      { line: 2, prefix: token.slice(0, 14) },
    ]);
  });

  it("is the one that docs/leaked-keys.md publishes", () => {
    const document = fs.readFileSync(new URL("../../../../docs/leaked-keys.md", import.meta.url), "utf8");
    expect(/```regex\n(.+)\n```/.exec(document)?.[1]).toBe(scannerPattern("sk_live_"));
    expect(document).toContain(`grep -rnP '${scannerPattern("sk_live_")}' .`);
  });
});
