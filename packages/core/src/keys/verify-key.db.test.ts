import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { createKey } from "./create-key";
import { revokeKey } from "./revoke-key";
import { mintSecret } from "./secret";
import { createKeyInput } from "./shape";
import { verifyKey } from "./verify-key";

let db: Db;
let ctx: Context;
let statements = 0;
beforeAll(async () => {
  db = await testDb();
  const { query } = db.sql;
  ctx = testContext(db, {
    sql: {
      ...db.sql,
      query: (text, values) => {
        statements += 1;
        return query(text, values);
      },
    },
  });
});
afterAll(() => db.close());

const named = (name: string, rest: object = {}) => createKeyInput.parse({ name, ...rest });
async function counted<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = statements;
  const result = await work();
  return [result, statements - before];
}

describe("verifyKey", () => {
  it("proves the caller in one statement", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("SIEM", { scopes: ["read:iocs", "read:stix"] }));
    statements = 0;
    const [verdict, cost] = await counted(() => verifyKey(ctx, data.key, null));
    expect(cost).toBe(1);
    expect(verdict).toEqual({
      usable: true,
      caller: {
        kind: "key",
        keyId: data.id,
        keyName: "SIEM",
        workspaceId: call.caller.workspaceId,
        tier: call.caller.tier,
        scopes: ["read:iocs", "read:stix"],
      },
    });
  });

  it("refuses what is no secret without a statement", async () => {
    const secret = mintSecret("sk_live_");
    for (const text of ["", "garbage", "sk_live_", secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), "'; --"]) {
      const [verdict, cost] = await counted(() => verifyKey(ctx, text, null));
      expect(verdict).toEqual({ usable: false, code: "invalid_api_key" });
      expect(cost).toBe(0);
    }
  });

  it("refuses a well-formed secret that nobody issued", async () => {
    const [verdict, cost] = await counted(() => verifyKey(ctx, mintSecret("sk_live_"), null));
    expect(verdict).toEqual({ usable: false, code: "invalid_api_key" });
    expect(cost).toBe(1);
  });

  it("refuses a key from the moment that its revocation has been answered", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("leaked"));
    expect((await verifyKey(ctx, data.key, null)).usable).toBe(true);
    await revokeKey(call, { keyId: data.id, reason: null });
    expect(await verifyKey(ctx, data.key, null)).toEqual({
      usable: false,
      code: "invalid_api_key",
      key: { id: data.id, name: "leaked", workspaceId: call.caller.workspaceId },
    });
  });

  it("tells an expired key, a wrong address and a suspended workspace", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("narrow", { expires_in_days: 1, allowed_ips: ["2001:db8::/32"] }));
    const code = async (ip: string | null, at: Context = ctx) => {
      const verdict = await verifyKey(at, data.key, ip);
      return verdict.usable ? "usable" : verdict.code;
    };
    expect(await code("2001:db8::1")).toBe("usable");
    expect(await code("192.0.2.1")).toBe("ip_not_allowed");
    expect(await code(null)).toBe("ip_not_allowed");
    const tomorrow = { ...ctx, now: () => new Date(ctx.now().getTime() + 86_400_000) };
    expect(await code("2001:db8::1", tomorrow)).toBe("expired_api_key");
    await db.prisma.workspace.update({ where: { id: call.caller.workspaceId }, data: { suspendedAt: ctx.now() } });
    expect(await code("2001:db8::1")).toBe("invalid_api_key");
  });

  it("knows a key under an earlier pepper, and not when that pepper is gone", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("old"));
    const [old] = [...ctx.peppers.byId.values()];
    if (!old) throw new Error("no pepper");
    const fresh = Buffer.alloc(32, 9);
    const rotated = {
      current: "next",
      byId: new Map([
        ["next", fresh],
        ["test", old],
      ]),
    };
    const [verdict, cost] = await counted(() => verifyKey({ ...ctx, peppers: rotated }, data.key, null));
    expect(verdict.usable).toBe(true);
    expect(cost).toBe(1);
    const made = await createKey({ ...call, peppers: rotated }, named("new"));
    expect(await db.prisma.keySecret.findMany({ where: { keyId: made.data.id }, select: { pepperId: true } })).toEqual([
      { pepperId: "next" },
    ]);
    const lost = { current: "next", byId: new Map([["next", fresh]]) };
    expect(await verifyKey({ ...ctx, peppers: lost }, data.key, null)).toEqual({
      usable: false,
      code: "invalid_api_key",
    });
    expect((await verifyKey({ ...ctx, peppers: lost }, made.data.key, null)).usable).toBe(true);
  });

  it("refuses a retired secret while the key's other one works", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("rotating"));
    await db.prisma.keySecret.updateMany({ where: { keyId: data.id }, data: { retiresAt: ctx.now() } });
    expect(await verifyKey(ctx, data.key, null)).toMatchObject({ usable: false, code: "invalid_api_key" });
  });

  it("outlives a change of the brand part", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createKey(call, named("branded"));
    const renamed = { ...ctx, instance: { ...ctx.instance, keyPrefix: "acme_" } };
    expect((await verifyKey(renamed, data.key, null)).usable).toBe(true);
  });
});
