import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { longestGraceSeconds, rotatedKeyShape, rotateKeyInput } from "./change-shape";
import { createKey } from "./create-key";
import { getKey } from "./get-key";
import { listKeys } from "./list-keys";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";
import { createKeyInput, listKeysInput } from "./shape";
import { createVerifier, type Verifier } from "./verifier";
import { verifyKey } from "./verify-key";

const start = new Date("2026-11-21T12:00:00.000Z");
let db: Db;
let ctx: Context;
let verifier: Verifier;
let now = start;
let reads = 0;

beforeAll(async () => {
  db = await testDb();
  const base = testContext(db, {
    now: () => now,
    sql: {
      ...db.sql,
      query: (text, values) => {
        if (text.includes("FROM key_secret")) reads += 1;
        return db.sql.query(text, values);
      },
    },
  });
  verifier = createVerifier(base, { node: "one", openLine: db.openLine });
  ctx = { ...base, revocation: verifier.revocation };
  verifier.start();
  const { secret } = await newKey();
  for (let before = -1; before !== reads; await sleep(10)) {
    before = reads;
    await codeOf(secret);
  }
});
afterAll(async () => {
  await verifier.stop();
  await db.close();
});

async function newKey(rest: object = {}) {
  const call = await testWorkspace(ctx);
  const { data } = await createKey(call, createKeyInput.parse({ name: "SIEM", ...rest }));
  const rotate = (body: object = {}) => rotateKey(call, rotateKeyInput.parse({ keyId: data.id, ...body }));
  return { call, id: data.id, secret: data.key, rotate };
}
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000);
};
async function codeOf(secret: string, ip: string | null = null): Promise<string> {
  const verdict = await verifier.verify(secret, ip);
  return verdict.usable ? "usable" : verdict.code;
}
const codesOf = async (...secrets: string[]) => Promise.all(secrets.map((secret) => codeOf(secret)));
const events = (targetId: string, action: string) =>
  db.prisma.auditEvent.findMany({ where: { targetId, action }, orderBy: { id: "asc" } });

describe("a rotated key", () => {
  it("keeps its id and history, and has two secrets side by side", async () => {
    const key = await newKey({ scopes: ["read:iocs"], allowed_ips: ["192.0.2.0/24"] });
    const before = (await getKey(key.call, { keyId: key.id })).data;
    const rotated = await key.rotate({ grace_seconds: 60 });
    expect(rotatedKeyShape.parse(rotated)).toEqual(rotated);
    const { key: secret, full_key, ...shown } = rotated.data;
    expect(full_key).toBe(secret);
    expect(secret).not.toBe(key.secret);
    const { usage, ...rest } = before;
    expect(shown).toEqual({
      ...rest,
      key_prefix: secret.slice(0, 12),
      previous_key_prefix: key.secret.slice(0, 12),
      previous_key_grace_seconds: 60,
      previous_key_retires_at: null,
    });
    expect(rotated.meta.warning).toMatch(/never shown again/);
    const both = await Promise.all([secret, key.secret].map((one) => verifier.verify(one, "192.0.2.1")));
    expect(both.map((verdict) => verdict.usable && verdict.caller.keyId)).toEqual([key.id, key.id]);
    const rows = await db.sql.query<{ text: string }>(
      "SELECT row_to_json(k)::text AS text FROM api_key k UNION ALL SELECT row_to_json(s)::text FROM key_secret s UNION ALL SELECT row_to_json(e)::text FROM audit_event e",
    );
    expect(rows.filter(({ text }) => text.includes(secret.slice(12)))).toEqual([]);
  });

  it("counts the grace from the new secret's first use, however late that is", async () => {
    const key = await newKey();
    const { data } = await key.rotate({ grace_seconds: 60 });
    later(longestGraceSeconds);
    expect(await codeOf(key.secret)).toBe("usable");
    later(longestGraceSeconds);
    expect(await codeOf(key.secret)).toBe("usable");
    expect(await codeOf(data.key)).toBe("usable");
    const shown = (await getKey(key.call, { keyId: key.id })).data;
    expect(shown.previous_key_retires_at).toBe(new Date(now.getTime() + 60_000).toISOString());
    later(59.999);
    expect(await codesOf(key.secret, data.key)).toEqual(["usable", "usable"]);
    later(0.001);
    expect(await codesOf(key.secret, data.key)).toEqual(["invalid_api_key", "usable"]);
    const { data: list } = await listKeys(key.call, listKeysInput.parse({}));
    expect(list[0]).toMatchObject({
      key_prefix: data.key.slice(0, 12),
      previous_key_prefix: null,
      previous_key_grace_seconds: null,
      previous_key_retires_at: null,
    });
  });

  it("is not used by a request that is refused", async () => {
    const key = await newKey({ allowed_ips: ["192.0.2.0/24"] });
    const { data } = await key.rotate();
    expect(await codeOf(data.key, "198.51.100.1")).toBe("ip_not_allowed");
    expect(await events(key.id, "key.retire_secret")).toEqual([]);
    expect(await codeOf(data.key, "192.0.2.9")).toBe("usable");
    expect(await events(key.id, "key.retire_secret")).toHaveLength(1);
  });

  it("costs no statement again once its first use is stored", async () => {
    const key = await newKey();
    const { data } = await key.rotate();
    expect(await codesOf(key.secret, data.key, data.key, data.key)).toEqual(new Array(4).fill("usable"));
    expect(await codesOf(key.secret, data.key)).toEqual(["usable", "usable"]);
    const before = reads;
    for (let i = 0; i < 50; i++) expect(await codesOf(key.secret, data.key)).toEqual(["usable", "usable"]);
    expect(reads).toBe(before);
    expect(await events(key.id, "key.retire_secret")).toHaveLength(1);
  });

  it("without grace refuses the old secret at once, used or not", async () => {
    const key = await newKey();
    expect(await codeOf(key.secret)).toBe("usable");
    const { data } = await key.rotate({ grace_seconds: 0 });
    expect(await codesOf(key.secret, data.key)).toEqual(["invalid_api_key", "usable"]);
    expect(data.previous_key_prefix).toBeNull();
    expect(await events(key.id, "key.retire_secret")).toEqual([]);
  });

  it("rotated again ends the oldest secret at once, whether its grace runs or not", async () => {
    for (const use of [false, true]) {
      const key = await newKey();
      const second = (await key.rotate()).data;
      if (use) await codeOf(second.key);
      const third = (await key.rotate()).data;
      expect(third).toMatchObject({ previous_key_prefix: second.key.slice(0, 12), previous_key_retires_at: null });
      expect(await codesOf(key.secret, second.key)).toEqual(["invalid_api_key", "usable"]);
      expect((await getKey(key.call, { keyId: key.id })).data.previous_key_retires_at).toBeNull();
      expect(await codeOf(third.key)).toBe("usable");
      const shown = (await getKey(key.call, { keyId: key.id })).data;
      expect(shown.previous_key_retires_at).toBe(new Date(now.getTime() + 86_400_000).toISOString());
    }
  });

  it("with its revocation ends all of its secrets", async () => {
    const key = await newKey();
    const { data } = await key.rotate();
    expect(await codesOf(key.secret, data.key)).toEqual(["usable", "usable"]);
    await revokeKey(key.call, { keyId: key.id, reason: null });
    expect(await codesOf(key.secret, data.key)).toEqual(["invalid_api_key", "invalid_api_key"]);
    expect((await getKey(key.call, { keyId: key.id })).data.previous_key_prefix).toBeNull();
  });

  it("is only read, not used, where no node decides", async () => {
    const key = await newKey();
    const { data } = await key.rotate();
    expect((await verifyKey(ctx, data.key, null)).usable).toBe(true);
    expect(await events(key.id, "key.retire_secret")).toEqual([]);
  });

  it("leaves in the audit log who rotated it, and when its old secret began to end", async () => {
    const key = await newKey();
    const { data } = await key.rotate({ grace_seconds: 3_600 });
    await verifier.verify(data.key, "192.0.2.44");
    expect(await events(key.id, "key.rotate")).toMatchObject([
      {
        actorType: "user",
        actorId: key.call.caller.userId,
        workspaceId: key.call.caller.workspaceId,
        details: { prefix: data.key.slice(0, 12), previous_prefix: key.secret.slice(0, 12), grace_seconds: 3_600 },
      },
    ]);
    const retiresAt = new Date(now.getTime() + 3_600_000).toISOString();
    expect(await events(key.id, "key.retire_secret")).toMatchObject([
      {
        actorType: "key",
        actorId: key.id,
        ip: "192.0.2.44",
        details: { prefix: key.secret.slice(0, 12), grace_seconds: 3_600, retires_at: retiresAt },
      },
    ]);
  });
});

describe("rotateKey refuses", () => {
  it("a key that is revoked or expired", async () => {
    const revoked = await newKey();
    await revokeKey(revoked.call, { keyId: revoked.id, reason: null });
    const expired = await newKey({ expires_in_days: 1 });
    later(86_400);
    for (const { rotate } of [revoked, expired]) {
      await expect(rotate()).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "keyId", allowed: "a key that works" }] },
      });
    }
    expect(await db.prisma.keySecret.count({ where: { keyId: { in: [revoked.id, expired.id] } } })).toBe(2);
  });

  it("a member, and a key of another workspace like one that never was", async () => {
    const key = await newKey();
    const member = await testWorkspace(ctx, { role: "analyst" });
    const stranger = await testWorkspace(ctx);
    const input = rotateKeyInput.parse({ keyId: key.id });
    await expect(rotateKey(member, input)).rejects.toMatchObject({ code: "insufficient_role" });
    for (const keyId of [key.id, "00000000-0000-4000-8000-000000000000", "nonsense"]) {
      await expect(rotateKey(stranger, { ...input, keyId })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it.each([-1, longestGraceSeconds + 1, 1.5, "60", null])("a grace of %s", (grace_seconds) => {
    expect(rotateKeyInput.safeParse({ keyId: "k", grace_seconds }).success).toBe(false);
  });
});

it("the first use is refused while the end of the old secret cannot be stored", async () => {
  const key = await newKey();
  const { data } = await key.rotate();
  const failing = createVerifier(
    { ...ctx, db: { ...db.prisma, $transaction: () => Promise.reject(new Error("cut")) } as unknown as Context["db"] },
    { node: "failing" },
  );
  await expect(failing.verify(data.key, null)).rejects.toMatchObject({ code: "service_unavailable" });
  expect((await failing.verify(key.secret, null)).usable).toBe(true);
  expect((await verifier.verify(data.key, null)).usable).toBe(true);
  expect((await failing.verify(data.key, null)).usable).toBe(true);
});
