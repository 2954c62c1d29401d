import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authorized, authorize, type TokenCaller } from "../access";
import type { Call, Context } from "../context";
import { createKey, createKeyInput, revokeKey, revokeKeyInput, verifyKey } from "../keys";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { createToken } from "./create-token";
import { listTokens } from "./list-tokens";
import { managePrefixOf } from "./prefix";
import { revokeToken } from "./revoke-token";
import { createdTokenShape, createTokenInput, maxTokens, tokenListShape } from "./shape";
import { verifyToken } from "./verify-token";

const dayMs = 86_400_000;
let db: Db;
let ctx: Context;
let time = new Date("2026-11-21T12:00:00.000Z");
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => time });
});
afterAll(() => db.close());

const input = (rest: object = {}) =>
  createTokenInput.parse({
    name: "Terraform",
    scopes: ["manage:keys:write", "manage:keys:read"],
    expires_in_days: 30,
    ...rest,
  });

/** A call by a token that has just been verified. */
async function callBy(secret: string): Promise<Call<Authorized<TokenCaller>>> {
  const verdict = await verifyToken(ctx, secret, "192.0.2.1");
  if (!verdict.usable) throw new Error(verdict.code);
  return { ...ctx, caller: verdict.caller, origin: { ip: "192.0.2.1", userAgent: "terraform", requestId: "req_t" } };
}

describe("createToken", () => {
  it("answers the secret once, stores only a hash of it, and writes who made it", async () => {
    const call = await testWorkspace(ctx, { role: "admin" });
    const created = await createToken(call, input({ allowed_ips: ["192.0.2.7"] }));
    expect(createdTokenShape.parse(created)).toEqual(created);
    const { token, ...wire } = created.data;
    expect(token).toMatch(/^sk_manage_[0-9A-Za-z]{49}$/);
    expect(wire).toMatchObject({
      name: "Terraform",
      token_prefix: token.slice(0, 14),
      scopes: ["manage:keys:read", "manage:keys:write"],
      allowed_ips: ["192.0.2.7/32"],
      created_by: call.caller.email,
      expires_at: "2026-12-21T12:00:00.000Z",
      status: "active",
    });
    const everything = await db.sql.query<{ text: string }>(
      "SELECT row_to_json(t)::text AS text FROM management_token t UNION ALL SELECT row_to_json(e)::text FROM audit_event e",
    );
    expect(everything.filter((row) => row.text.includes(token.slice(14)))).toEqual([]);
    const event = await db.prisma.auditEvent.findFirst({ where: { targetId: wire.id } });
    expect(event).toMatchObject({ action: "token.create", actorType: "user", targetType: "token" });
    expect(tokenListShape.parse(await listTokens(call)).data).toEqual([wire]);
  });

  it.each([
    ["without an end", { expires_in_days: undefined }],
    ["for more than a year", { expires_in_days: 366 }],
    ["without a scope", { scopes: [] }],
    ["with a data scope", { scopes: ["read:iocs"] }],
    ["with nonsense for an address", { allowed_ips: ["300.0.0.1"] }],
  ])("takes none %s", (_what, rest) => {
    const body = { name: "T", scopes: ["manage:keys:read"], expires_in_days: 1, ...rest };
    expect(createTokenInput.safeParse(body).success).toBe(false);
  });

  it("takes none of a member, and no more than a workspace may have", async () => {
    const member = await testWorkspace(ctx, { role: "analyst" });
    await expect(createToken(member, input())).rejects.toMatchObject({ code: "insufficient_role" });
    await expect(listTokens(member)).rejects.toMatchObject({ code: "insufficient_role" });
    const call = await testWorkspace(ctx);
    const made = await Promise.allSettled(Array.from({ length: maxTokens + 2 }, () => createToken(call, input())));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(maxTokens);
    await expect(createToken(call, input())).rejects.toMatchObject({ code: "key_limit_reached" });
  });
});

describe("a token", () => {
  it("makes and ends keys within the workspace's tier, in its own name", async () => {
    const call = await testWorkspace(ctx, { tier: "free" });
    const { data } = await createToken(call, input({ name: "CI" }));
    const byToken = await callBy(data.token);
    const named = (rest: object = {}) => createKeyInput.parse({ name: "By CI", ...rest });
    await expect(createKey(byToken, named({ scopes: ["read:stix"] }))).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    const keys = [];
    for (let i = 0; i < 3; i++) keys.push(await createKey(byToken, named()));
    await expect(createKey(byToken, named())).rejects.toMatchObject({ code: "key_limit_reached" });
    const [first] = keys;
    const id = first?.data.id ?? "";
    expect(first?.data.created_by).toBe("CI (management token)");
    await revokeKey(byToken, revokeKeyInput.parse({ keyId: id, reason: "done" }));
    expect(await verifyKey(ctx, first?.data.key ?? "", null)).toMatchObject({ usable: false });
    const events = await db.prisma.auditEvent.findMany({ where: { targetId: id }, orderBy: { id: "asc" } });
    expect(events.map(({ action, actorType, actorId, actorName }) => [action, actorType, actorId, actorName])).toEqual([
      ["key.create", "token", data.id, "CI"],
      ["key.revoke", "token", data.id, "CI"],
    ]);
  });

  it("that may only read makes and ends nothing", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createToken(call, input({ scopes: ["manage:keys:read"] }));
    const reader = await callBy(data.token);
    await expect(createKey(reader, createKeyInput.parse({ name: "No" }))).rejects.toMatchObject({
      code: "insufficient_scope",
    });
    expect(authorize(reader.caller, { by: "token", scope: "manage:keys:read" })).toEqual({ allowed: true });
    expect(authorize(reader.caller, { by: "token", scope: "manage:keys:write" }).allowed).toBe(false);
    expect(authorize(reader.caller, { by: "session" }).allowed).toBe(false);
    expect(authorize(reader.caller, { by: "key", scope: "read:iocs", cost: 1 }).allowed).toBe(false);
    expect(authorize(call.caller, { by: "token", scope: "manage:keys:read" }).allowed).toBe(false);
  });

  it("is no key, and a key is no token", async () => {
    const call = await testWorkspace(ctx);
    const { data: token } = await createToken(call, input());
    const { data: key } = await createKey(call, createKeyInput.parse({ name: "Data" }));
    expect(await verifyKey(ctx, token.token, null)).toEqual({ usable: false, code: "invalid_api_key" });
    expect(await verifyToken(ctx, key.key, null)).toEqual({ usable: false, code: "invalid_token" });
  });

  it("ends at its end, at its revocation, from a wrong address and with its workspace", async () => {
    const call = await testWorkspace(ctx);
    const { data } = await createToken(call, input({ allowed_ips: ["192.0.2.0/24"], expires_in_days: 1 }));
    const verdict = async (ip: string | null = "192.0.2.9") => {
      const answer = await verifyToken(ctx, data.token, ip);
      return answer.usable ? "usable" : answer.code;
    };
    expect(await verdict()).toBe("usable");
    expect(await verdict("::ffff:192.0.2.9")).toBe("usable");
    expect(await verdict("198.51.100.1")).toBe("ip_not_allowed");
    expect(await verdict(null)).toBe("ip_not_allowed");
    const suspend = (at: Date | null) =>
      db.prisma.workspace.update({ where: { id: call.caller.workspaceId }, data: { suspendedAt: at } });
    await suspend(time);
    expect(await verdict()).toBe("invalid_token");
    await suspend(null);
    time = new Date(time.getTime() + dayMs - 1);
    expect(await verdict()).toBe("usable");
    time = new Date(time.getTime() + 1);
    expect(await verdict()).toBe("expired_token");
    await revokeToken(call, { tokenId: data.id });
    expect(await verdict()).toBe("invalid_token");
  });

  it("is revoked once, by its own workspace alone", async () => {
    const call = await testWorkspace(ctx);
    const stranger = await testWorkspace(ctx);
    const { data } = await createToken(call, input());
    for (const tokenId of [data.id, "no uuid"]) {
      await expect(revokeToken(stranger, { tokenId })).rejects.toMatchObject({ code: "not_found" });
    }
    const answers = await Promise.all([1, 2, 3].map(() => revokeToken(call, { tokenId: data.id })));
    expect(new Set(answers.map((answer) => answer.data.revoked_at)).size).toBe(1);
    expect(await db.prisma.auditEvent.count({ where: { targetId: data.id, action: "token.revoke" } })).toBe(1);
  });
});

describe("managePrefixOf", () => {
  it.each([
    ["sk_live_", "sk_manage_"],
    ["acme_", "acme_manage_"],
    ["a_b_c_", "a_b_manage_"],
    ["sk_manage_", "sk_manage_manage_"],
  ])("%s makes %s", (keyPrefix, expected) => {
    expect(managePrefixOf(keyPrefix)).toBe(expected);
  });

  it("is never the prefix of keys", () => {
    const word = fc.constantFrom("sk", "live", "manage", "a1");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const keyPrefix = `${words.join("_")}_`;
        expect(managePrefixOf(keyPrefix)).not.toBe(keyPrefix);
        expect(managePrefixOf(keyPrefix)).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*_$/);
      }),
    );
  });
});
