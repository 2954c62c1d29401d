import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authorized, authenticated, grantedByNameAlone, type SystemCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { createKey } from "./create-key";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";
import { createdKeyShape, createKeyInput, keyAnswerShape, revokeKeyInput } from "./shape";

const dayMs = 86_400_000;
let db: Db;
let ctx: Context;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
});
afterAll(() => db.close());

const named = (name: string, rest: object = {}) => createKeyInput.parse({ name, ...rest });
const events = (workspaceId: string, action: string) =>
  db.prisma.auditEvent.findMany({ where: { workspaceId, action }, orderBy: { id: "asc" } });

describe("createKey", () => {
  it("answers the secret once and stores only a hash of it", async () => {
    const call = await testWorkspace(ctx);
    const created = await createKey(call, named("SIEM", { expires_in_days: 30, allowed_ips: ["192.0.2.7"] }));
    expect(createdKeyShape.parse(created)).toEqual(created);
    const { key, full_key, ...wire } = created.data;
    expect(key).toBe(full_key);
    expect(wire).toMatchObject({
      name: "SIEM",
      key_prefix: key.slice(0, 12),
      tier: "pro",
      scopes: call.caller.tier.scopes.filter((scope) => !grantedByNameAlone.includes(scope)),
      rate_limit_per_minute: 1_000,
      rate_limit_per_day: 1_000_000,
      total_requests: 0,
      last_used_at: null,
      created_at: "2026-11-21T12:00:00.000Z",
      created_by: call.caller.email,
      expires_at: "2026-12-21T12:00:00.000Z",
      revoked_at: null,
      status: "active",
      allowed_ips: ["192.0.2.7/32"],
    });
    const everything = await db.sql.query<{ text: string }>(
      "SELECT row_to_json(k)::text AS text FROM api_key k UNION ALL SELECT row_to_json(s)::text FROM key_secret s UNION ALL SELECT row_to_json(e)::text FROM audit_event e",
    );
    expect(everything.length).toBeGreaterThan(2);
    expect(everything.filter((row) => row.text.includes(key.slice(12)))).toEqual([]);
  });

  it("writes who made it, from where", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("Audited"));
    const [event, ...others] = await events(call.caller.workspaceId, "key.create");
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      actorType: "user",
      actorId: call.caller.userId,
      ip: "192.0.2.1",
      userAgent: "tests",
      requestId: "req_test",
      targetType: "key",
      targetId: data.id,
      targetName: "Audited",
    });
  });

  it("of 20 at once makes exactly as many as the tier allows", async () => {
    const call = await testWorkspace(ctx, { tier: "free" });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => createKey(call, named(`k${i}`))));
    const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(refused.map((error) => error.code)).toEqual(new Array(17).fill("key_limit_reached"));
    expect(refused[0].details).toEqual({ limit: 3, active: 3 });
    expect(await db.prisma.apiKey.count({ where: { workspaceId: call.caller.workspaceId } })).toBe(3);
    expect(await events(call.caller.workspaceId, "key.create")).toHaveLength(3);
  });

  it("does not count revoked and expired keys", async () => {
    const call = await testWorkspace(ctx, { tier: "free" });
    const { data } = await createKey(call, named("first"));
    await createKey(call, named("second", { expires_in_days: 1 }));
    await createKey(call, named("third"));
    await expect(createKey(call, named("fourth"))).rejects.toMatchObject({ code: "key_limit_reached" });
    await revokeKey(call, { keyId: data.id, reason: null });
    await createKey(call, named("fourth"));
    await expect(createKey(call, named("fifth"))).rejects.toMatchObject({ code: "key_limit_reached" });
    const tomorrow = { ...call, now: () => new Date(ctx.now().getTime() + dayMs) };
    await createKey(tomorrow, named("fifth"));
  });

  it("grants no scope beyond the tier's", async () => {
    const call = await testWorkspace(ctx, { tier: "free" });
    const wanted = named("wide", { scopes: ["read:iocs", "read:stix", "read:misp"] });
    await expect(createKey(call, wanted)).rejects.toMatchObject({
      code: "invalid_parameter",
      details: { fields: [{ field: "scopes", problem: expect.stringContaining("read:stix, read:misp") }] },
    });
    const { data } = await createKey(call, named("narrow", { scopes: ["read:iocs"] }));
    expect(data.scopes).toEqual(["read:iocs"]);
    expect(await db.prisma.apiKey.count({ where: { workspaceId: call.caller.workspaceId } })).toBe(1);
  });

  it("goes by the workspace's figures of now, not by those of the session", async () => {
    const call = await testWorkspace(ctx, { tier: "pro" });
    await db.sql.query(`UPDATE workspace SET tier = 'free', overrides = '{"keys": 1}' WHERE id = $1::uuid`, [
      call.caller.workspaceId,
    ]);
    expect((await createKey(call, named("one"))).data).toMatchObject({ tier: "free", rate_limit_per_minute: 10 });
    await expect(createKey(call, named("two"))).rejects.toMatchObject({ code: "key_limit_reached" });
  });

  it("is not for members", async () => {
    const call = await testWorkspace(ctx, { role: "analyst" });
    await expect(createKey(call, named("no"))).rejects.toMatchObject({ code: "insufficient_role" });
    expect(await db.prisma.apiKey.count({ where: { workspaceId: call.caller.workspaceId } })).toBe(0);
  });

  it("is for the command line in the workspace that it names, in no other", async () => {
    const { caller } = await testWorkspace(ctx, { tier: "free" });
    const system: Call<Authorized<SystemCaller>> = {
      ...ctx,
      caller: authenticated({ kind: "system", name: "command line", workspaceId: caller.workspaceId }),
      origin: noOrigin,
    };
    const { data } = await createKey(system, named("from the shell"));
    expect(data).toMatchObject({ created_by: "command line", tier: "free" });
    expect((await getKey(system, { keyId: data.id })).data.tier).toBe("free");
    const nowhere = { ...system, caller: authenticated({ kind: "system" as const, name: "worker" }) };
    await expect(createKey(nowhere, named("no"))).rejects.toThrow("names no workspace");
  });

  it("cannot store one secret twice", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("one"));
    const [held] = await db.prisma.keySecret.findMany({ where: { keyId: data.id } });
    if (!held) throw new Error("no secret");
    await expect(db.prisma.keySecret.create({ data: held })).rejects.toMatchObject({ code: "P2002" });
  });
});

describe("getKey", () => {
  it("answers every day of the last 30, newest first", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("used"));
    const rows: [string, number, number][] = [
      ["2026-11-21", 9, 2],
      ["2026-10-23", 4, 0],
      ["2026-10-22", 5, 5],
    ];
    for (const [day, requests, errors] of rows) {
      await db.prisma.usageDay.create({ data: { keyId: data.id, day: new Date(day), requests, errors } });
    }
    const answer = await getKey(call, { keyId: data.id });
    expect(keyAnswerShape.parse(answer)).toEqual(answer);
    const { daily } = answer.data.usage;
    expect(daily).toHaveLength(30);
    expect(daily[0]).toEqual({ date: "2026-11-21", requests: 9, errors: 2 });
    expect(daily[1]).toEqual({ date: "2026-11-20", requests: 0, errors: 0 });
    expect(daily[29]).toEqual({ date: "2026-10-23", requests: 4, errors: 0 });
    expect(JSON.stringify(answer)).not.toContain(`"key":`);
  });

  it("answers a foreign, an unknown and a malformed id alike", async () => {
    const [mine, theirs] = [await testWorkspace(ctx), await testWorkspace(ctx)];
    const { data } = await createKey(theirs, named("theirs"));
    const ids = [data.id, "00000000-0000-4000-8000-000000000123", "x", "", `${data.id}'`];
    for (const verb of [getKey, (call: typeof mine, input: { keyId: string }) => revokeKey(call, { ...input })]) {
      for (const keyId of ids) {
        await expect(verb(mine, { keyId })).rejects.toMatchObject({
          code: "not_found",
          message: "There is no such resource.",
          details: undefined,
        });
      }
    }
    expect((await getKey(theirs, { keyId: data.id })).data.status).toBe("active");
  });
});

describe("revokeKey", () => {
  const revoke = (call: Awaited<ReturnType<typeof testWorkspace>>, keyId: string, reason?: string) =>
    revokeKey(call, revokeKeyInput.parse({ keyId, reason }));

  it("says who ended it, when and why", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("leaked"));
    expect(await revoke(call, data.id, "found in a log")).toEqual({
      success: true,
      message: "API key revoked successfully",
    });
    expect((await getKey(call, { keyId: data.id })).data).toMatchObject({
      status: "revoked",
      revoked_at: "2026-11-21T12:00:00.000Z",
      revoked_reason: "found in a log",
      revoked_by: call.caller.email,
    });
    const [event] = await events(call.caller.workspaceId, "key.revoke");
    expect(event).toMatchObject({ targetId: data.id, reason: "found in a log", actorId: call.caller.userId });
  });

  it("keeps the first reason and time when it is done again", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("twice"));
    await revoke(call, data.id, "first");
    const later = { ...call, now: () => new Date(ctx.now().getTime() + 1_000) };
    expect(await revoke(later, data.id, "second")).toMatchObject({ success: true });
    expect((await getKey(call, { keyId: data.id })).data).toMatchObject({
      revoked_at: "2026-11-21T12:00:00.000Z",
      revoked_reason: "first",
    });
    expect(await events(call.caller.workspaceId, "key.revoke")).toHaveLength(1);
  });

  it("of many at once keeps one reason and writes one event", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("raced"));
    const reasons = Array.from({ length: 8 }, (_, i) => `reason ${i}`);
    await Promise.all(reasons.map((reason) => revoke(call, data.id, reason)));
    const written = await events(call.caller.workspaceId, "key.revoke");
    expect(written).toHaveLength(1);
    expect(reasons).toContain(written[0]?.reason);
    expect((await getKey(call, { keyId: data.id })).data.revoked_reason).toBe(written[0]?.reason);
  });

  it("needs no reason, and is not for members", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("plain"));
    const member = { ...call, caller: authenticated({ ...call.caller, role: "analyst" as const }) };
    await expect(revoke(member, data.id)).rejects.toMatchObject({ code: "insufficient_role" });
    await revoke({ ...call, caller: authenticated({ ...call.caller, role: "admin" as const }) }, data.id, "  ");
    expect((await getKey(member, { keyId: data.id })).data).toMatchObject({ status: "revoked", revoked_reason: null });
  });
});
