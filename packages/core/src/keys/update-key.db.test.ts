import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { updatedKeyShape, updateKeyInput } from "./change-shape";
import { createKey } from "./create-key";
import { getKey } from "./get-key";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";
import { createKeyInput } from "./shape";
import { updateKey } from "./update-key";
import { createVerifier, type Verifier } from "./verifier";

const dayMs = 86_400_000;
let db: Db;
let ctx: Context;
let verifier: Verifier;
let now = new Date("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  const base = testContext(db, { now: () => now });
  verifier = createVerifier(base, { node: "one", openLine: db.openLine });
  ctx = { ...base, revocation: verifier.revocation };
  verifier.start();
});
afterAll(async () => {
  await verifier.stop();
  await db.close();
});

async function newKey(rest: object = {}, tier: "free" | "pro" = "pro") {
  const call = await testWorkspace(ctx, { tier });
  const { data } = await createKey(call, createKeyInput.parse({ name: "SIEM", ...rest }));
  const update = (body: object) => updateKey(call, updateKeyInput.parse({ keyId: data.id, ...body }));
  return { call, id: data.id, secret: data.key, data, update };
}
async function codeOf(secret: string, ip: string | null = null): Promise<string> {
  const verdict = await verifier.verify(secret, ip);
  return verdict.usable ? "usable" : verdict.code;
}
async function scopesOf(secret: string): Promise<readonly string[]> {
  const verdict = await verifier.verify(secret, null);
  return verdict.usable ? verdict.caller.scopes : [];
}
const events = (targetId: string) =>
  db.prisma.auditEvent.findMany({ where: { targetId, action: "key.update" }, orderBy: { id: "asc" } });

describe("updateKey", () => {
  it("changes what it names and leaves the rest", async () => {
    const key = await newKey({ allowed_ips: ["192.0.2.0/24"], expires_in_days: 30 });
    const { key: _, full_key, ...before } = key.data;
    const named = await key.update({ name: "  SIEM, Frankfurt " });
    expect(updatedKeyShape.parse(named)).toEqual(named);
    expect(named.data).toEqual({ ...before, name: "SIEM, Frankfurt" });
    const narrowed = await key.update({ scopes: ["read:iocs"], allowed_ips: ["192.0.2.7", "2001:db8::/32"] });
    expect(narrowed.data).toEqual({
      ...before,
      name: "SIEM, Frankfurt",
      scopes: ["read:iocs"],
      allowed_ips: ["192.0.2.7/32", "2001:db8::/32"],
    });
    const widened = await key.update({ scopes: null, allowed_ips: null, expires_at: null });
    expect(widened.data).toEqual({ ...before, name: "SIEM, Frankfurt", allowed_ips: null, expires_at: null });
    const { usage, ...shown } = (await getKey(key.call, { keyId: key.id })).data;
    expect(shown).toEqual(widened.data);
  });

  it("takes an end as a time or as days from now", async () => {
    const key = await newKey();
    const at = new Date(now.getTime() + 3 * dayMs);
    expect((await key.update({ expires_at: at.toISOString() })).data).toMatchObject({
      expires_at: at.toISOString(),
      status: "expiring",
    });
    const shifted = at.toISOString().replace("Z", "+00:00");
    expect((await key.update({ expires_at: shifted })).data.expires_at).toBe(at.toISOString());
    const ends = new Date(now.getTime() + 365 * dayMs).toISOString();
    expect((await key.update({ expires_in_days: 365 })).data).toMatchObject({ expires_at: ends, status: "active" });
    expect((await key.update({ expires_in_days: null })).data.expires_at).toBeNull();
  });

  it("decides every request after its answer by what it says", async () => {
    const key = await newKey();
    expect(await codeOf(key.secret, "192.0.2.1")).toBe("usable");
    await key.update({ allowed_ips: ["198.51.100.0/24", "2001:db8::/32"] });
    expect(await codeOf(key.secret, "192.0.2.1")).toBe("ip_not_allowed");
    expect(await codeOf(key.secret, "::ffff:198.51.100.3")).toBe("usable");
    expect(await codeOf(key.secret, "2001:db8::1")).toBe("usable");
    await key.update({ allowed_ips: null });
    expect(await codeOf(key.secret, "192.0.2.1")).toBe("usable");
    await key.update({ scopes: ["read:articles"] });
    expect(await scopesOf(key.secret)).toEqual(["read:articles"]);
    await key.update({ name: "Renamed", expires_in_days: 1 });
    expect(await verifier.verify(key.secret, null)).toMatchObject({ caller: { keyName: "Renamed" } });
    now = new Date(now.getTime() + dayMs);
    expect(await codeOf(key.secret)).toBe("expired_api_key");
    await key.update({ expires_in_days: 1 });
    expect(await codeOf(key.secret)).toBe("usable");
  });

  it("writes what it was and what it became, and nothing where nothing changed", async () => {
    const key = await newKey({ scopes: ["read:iocs", "read:stix"], allowed_ips: ["192.0.2.0/24", "198.51.100.0/24"] });
    await key.update({
      name: "SIEM",
      scopes: ["read:stix", "read:iocs"],
      allowed_ips: ["198.51.100.0/24", "192.0.2.0/24"],
      expires_at: null,
    });
    await key.update({});
    expect(await events(key.id)).toEqual([]);
    const { version } = await db.prisma.apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(version).toBe(1);
    await key.update({ name: "Other", scopes: ["read:iocs"], allowed_ips: [] });
    expect(await events(key.id)).toMatchObject([
      {
        actorId: key.call.caller.userId,
        workspaceId: key.call.caller.workspaceId,
        targetName: "Other",
        details: {
          before: {
            name: "SIEM",
            scopes: ["read:iocs", "read:stix"],
            allowed_ips: ["192.0.2.0/24", "198.51.100.0/24"],
          },
          after: { name: "Other", scopes: ["read:iocs"], allowed_ips: null },
        },
      },
    ]);
  });

  it("of many at once loses none and writes each", async () => {
    const key = await newKey();
    await Promise.all([
      ...Array.from({ length: 8 }, (_, i) => key.update({ name: `name ${i}` })),
      key.update({ allowed_ips: ["192.0.2.0/24"] }),
      key.update({ scopes: ["read:iocs"] }),
    ]);
    const { data } = await getKey(key.call, { keyId: key.id });
    expect(data).toMatchObject({ allowed_ips: ["192.0.2.0/24"], scopes: ["read:iocs"] });
    const written = await events(key.id);
    expect(written).toHaveLength(10);
    const names = written.flatMap(({ details }) => {
      const { before, after } = details as { before: { name?: string }; after: { name?: string } };
      return after.name ? [[before.name, after.name]] : [];
    });
    expect(names.slice(1).map(([from]) => from)).toEqual(names.slice(0, -1).map(([, to]) => to));
    expect(names.at(-1)?.[1]).toBe(data.name);
  });
});

describe("updateKey refuses", () => {
  it("a revoked key, whatever it would change", async () => {
    const key = await newKey();
    await revokeKey(key.call, { keyId: key.id, reason: null });
    for (const body of [{}, { name: "x" }, { expires_at: null }]) {
      await expect(key.update(body)).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "keyId", problem: "is of a key that has been revoked" }] },
      });
    }
  });

  it("scopes that the tier has not", async () => {
    const key = await newKey({}, "free");
    await expect(key.update({ scopes: ["read:stix"] })).rejects.toMatchObject({
      code: "invalid_parameter",
      details: { fields: [{ field: "scopes" }] },
    });
  });

  it("to bring back an expired key where the tier has no room", async () => {
    const key = await newKey({ expires_in_days: 1 }, "free");
    now = new Date(now.getTime() + dayMs);
    const call = { ...key.call };
    for (let i = 0; i < 3; i++) await createKey(call, createKeyInput.parse({ name: `k${i}` }));
    await key.update({ name: "Still expired" });
    await expect(key.update({ expires_at: null })).rejects.toMatchObject({ code: "key_limit_reached" });
    await expect(key.update({ expires_in_days: 1 })).rejects.toMatchObject({ code: "key_limit_reached" });
    expect(await codeOf(key.secret)).toBe("expired_api_key");
  });

  it("an end that is over or too far ahead, and both kinds of it", async () => {
    const key = await newKey();
    for (const expires_at of [now, new Date(0), new Date(now.getTime() + 365 * dayMs + 1)]) {
      await expect(key.update({ expires_at: expires_at.toISOString() })).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "expires_at" }] },
      });
    }
    const both = updateKeyInput.safeParse({ keyId: "k", expires_at: null, expires_in_days: 1 });
    expect(both.error?.issues[0]?.path).toEqual(["expires_in_days"]);
  });

  it("a member, and a key of another workspace like one that never was", async () => {
    const key = await newKey();
    const member = await testWorkspace(ctx, { role: "analyst" });
    const stranger = await testWorkspace(ctx);
    const input = updateKeyInput.parse({ keyId: key.id, name: "Mine" });
    await expect(updateKey(member, input)).rejects.toMatchObject({ code: "insufficient_role" });
    for (const keyId of [key.id, "00000000-0000-4000-8000-000000000000", "nonsense"]) {
      await expect(updateKey(stranger, { ...input, keyId })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("a key admin a right to write indicators, which they have not: by no change, new key or new secret", async () => {
    const [plain, writing] = [await newKey(), await newKey({ scopes: ["read:iocs", "write:indicators"] })];
    const keyAdminOf = ({ call }: typeof plain) => ({
      ...call,
      caller: { ...call.caller, role: "key_admin" as const },
    });
    const refused = { code: "insufficient_role", details: { right: "indicators:write" } };
    const scopes = ["read:iocs", "write:indicators"];
    const widened = updateKey(keyAdminOf(plain), updateKeyInput.parse({ keyId: plain.id, scopes }));
    await expect(widened).rejects.toMatchObject(refused);
    const made = createKey(keyAdminOf(plain), createKeyInput.parse({ name: "Mine", scopes }));
    await expect(made).rejects.toMatchObject(refused);
    const rotated = rotateKey(keyAdminOf(writing), { keyId: writing.id, graceSeconds: 60 });
    await expect(rotated).rejects.toMatchObject(refused);
    const renamed = updateKeyInput.parse({ keyId: writing.id, name: "Sensor" });
    expect((await updateKey(keyAdminOf(writing), renamed)).data.scopes).toEqual(scopes);
  });

  it.each([
    ["no name", { name: "" }],
    ["a name of 101", { name: "x".repeat(101) }],
    ["a name that is null", { name: null }],
    ["no scope", { scopes: [] }],
    ["an unknown scope", { scopes: ["write:all"] }],
    ["nonsense for an address", { allowed_ips: ["300.1.1.1"] }],
    ["a network that is too long", { allowed_ips: ["192.0.2.0/33"] }],
    ["a time without its zone", { expires_at: "2026-12-24T12:00:00" }],
    ["a day that is none", { expires_at: "2026-02-30T00:00:00Z" }],
    ["no day", { expires_in_days: 0 }],
    ["days as text", { expires_in_days: "30" }],
  ])("%s", (_name, body) => {
    expect(updateKeyInput.safeParse({ keyId: "k", ...body }).success).toBe(false);
  });
});
