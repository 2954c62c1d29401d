import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { setTier, setTierInput } from "../workspaces";
import { testWorkspace } from "../workspaces/testing";
import { createKey } from "./create-key";
import { revokeKey } from "./revoke-key";
import { mintSecret } from "./secret";
import { createKeyInput } from "./shape";
import { createVerifier, type Verifier } from "./verifier";

let db: Db;
let ctx: Context;
let verifier: Verifier;
let statements = 0;
/** What a read of a key waits for after the database has answered it. */
let hold: Promise<void> | null = null;
let now = new Date("2026-11-21T12:00:00.000Z");

beforeAll(async () => {
  db = await testDb();
  const base = testContext(db, {
    now: () => now,
    sql: {
      ...db.sql,
      query: async (text, values) => {
        const reads = text.includes("FROM key_secret");
        if (reads) statements += 1;
        const rows = await db.sql.query<never>(text, values);
        if (reads && hold) await hold;
        return rows;
      },
    },
  });
  verifier = createVerifier(base, { node: "one", openLine: db.openLine, refusals: 100 });
  ctx = { ...base, revocation: verifier.revocation };
  verifier.start();
});
beforeEach(() => answeringFromMemory());
afterAll(async () => {
  await verifier.stop();
  await db.close();
});

/** Waits until it holds its lease, which ends where a slow machine has not come to renew it. */
async function answeringFromMemory(): Promise<void> {
  const { secret } = await newKey();
  for (const deadline = performance.now() + 120_000; performance.now() < deadline; await sleep(10)) {
    const before = statements;
    await verifier.verify(secret, null);
    if (statements === before) return;
  }
  throw new Error("it never answers from memory");
}

async function newKey(rest: object = {}) {
  const call = await testWorkspace(ctx);
  const { data } = await createKey(call, createKeyInput.parse({ name: "SIEM", ...rest }));
  return { call, id: data.id, secret: data.key };
}
async function counted<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = statements;
  const result = await work();
  return [result, statements - before];
}
/** The same while it holds its lease: again, where a slow machine has let it end meanwhile. */
async function countedFromMemory<T>(work: () => Promise<T>): Promise<[T, number]> {
  for (let tries = 1; ; tries++) {
    await answeringFromMemory();
    const [result, cost] = await counted(work);
    if (cost === 0 || tries === 20) return [result, cost];
  }
}
async function codeOf(secret: string, ip: string | null = null): Promise<string> {
  const verdict = await verifier.verify(secret, ip);
  return verdict.usable ? "usable" : verdict.code;
}

describe("a cached key", () => {
  it("costs one statement the first time and none from then on", async () => {
    const { secret, id } = await newKey();
    const [first, cost] = await counted(() => verifier.verify(secret, null));
    expect(cost).toBe(1);
    expect(first).toMatchObject({ usable: true, caller: { keyId: id, tier: { name: "pro" } } });
    const [again, costs] = await countedFromMemory(async () => {
      for (let i = 0; i < 999; i++) await verifier.verify(secret, null);
      return verifier.verify(secret, null);
    });
    expect(costs).toBe(0);
    expect(again).toEqual(first);
  });

  it("is refused once its revocation has been answered, and then costs nothing either", async () => {
    const { call, id, secret } = await newKey();
    expect(await codeOf(secret)).toBe("usable");
    await revokeKey(call, { keyId: id, reason: null });
    const refused = {
      usable: false,
      code: "invalid_api_key",
      key: { id, name: "SIEM", workspaceId: call.caller.workspaceId },
    };
    expect(await counted(() => verifier.verify(secret, null))).toEqual([refused, 1]);
    expect(await countedFromMemory(() => verifier.verify(secret, null))).toEqual([refused, 0]);
  });

  it("expires, and is bound to its addresses, without a statement", async () => {
    const { secret } = await newKey({ expires_in_days: 1, allowed_ips: ["192.0.2.0/24"] });
    expect(await codeOf(secret, "192.0.2.1")).toBe("usable");
    const [codes, cost] = await countedFromMemory(async () => [
      await codeOf(secret, "192.0.2.2"),
      await codeOf(secret, "::ffff:192.0.2.3"),
      await codeOf(secret, "198.51.100.1"),
      await codeOf(secret, null),
    ]);
    expect(codes).toEqual(["usable", "usable", "ip_not_allowed", "ip_not_allowed"]);
    now = new Date(now.getTime() + 86_400_000);
    expect(await codeOf(secret, "192.0.2.1")).toBe("expired_api_key");
    now = new Date(now.getTime() - 86_400_000);
    expect(cost).toBe(0);
  });

  it("has its workspace's new tier and figures when they have been answered", async () => {
    const { call, secret } = await newKey();
    const operator = await testWorkspace(ctx, { operator: true });
    expect((await verifier.verify(secret, null)).usable).toBe(true);
    const { workspaceId } = call.caller;
    await setTier(operator, setTierInput.parse({ workspaceId, tier: "free", overrides: { requestsPerMinute: 3 } }));
    const verdict = await verifier.verify(secret, null);
    expect(verdict).toMatchObject({ usable: true, caller: { tier: { name: "free", requestsPerMinute: 3 } } });
  });
});

describe("a read that was under way while its key was revoked", () => {
  it("does not bring the key back", async () => {
    const { call, id, secret } = await newKey();
    let release = () => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const before = statements;
    const early = verifier.verify(secret, null);
    while (statements === before) await sleep(1);
    hold = null;
    await revokeKey(call, { keyId: id, reason: null });
    expect(await codeOf(secret)).toBe("invalid_api_key");
    release();
    // It was sent before: either answer would do. What follows must be refused.
    expect((await early).usable).toBe(true);
    expect(await codeOf(secret)).toBe("invalid_api_key");
  });
});

describe("garbage", () => {
  it("costs no statement, and none twice when it is well-formed", async () => {
    const secret = mintSecret("sk_live_");
    for (const text of ["", "x", secret.slice(1), `${secret.slice(0, -1)}_`, "x".repeat(100_000)]) {
      expect(await counted(() => codeOf(text))).toEqual(["invalid_api_key", 0]);
    }
    expect(await counted(() => codeOf(secret))).toEqual(["invalid_api_key", 1]);
    expect(await countedFromMemory(() => codeOf(secret))).toEqual(["invalid_api_key", 0]);
  });

  it("neither grows memory nor pushes out a good key", async () => {
    const { secret } = await newKey();
    await codeOf(secret);
    const { keys } = verifier.size();
    for (let i = 0; i < 300; i++) await codeOf(mintSecret("sk_live_"));
    for (let i = 0; i < 20_000; i++) await codeOf(`sk_live_${i}`);
    expect(verifier.size()).toEqual({ keys, refusals: 100 });
    expect(await countedFromMemory(() => codeOf(secret))).toEqual(["usable", 0]);
  });
});

it("stopped, it asks the database again", async () => {
  const other = createVerifier(ctx, { node: "two", openLine: db.openLine });
  const { secret } = await newKey();
  for (let i = 0; i < 3; i++) {
    expect(await counted(async () => (await other.verify(secret, null)).usable)).toEqual([true, 1]);
  }
  other.start();
  await other.stop();
  expect(await counted(async () => (await other.verify(secret, null)).usable)).toEqual([true, 1]);
  expect(await db.sql.query("SELECT FROM node_lease WHERE node = 'two'")).toEqual([]);
});

it("without a database and without a lease it refuses to decide", async () => {
  const { secret } = await newKey();
  const cut = createVerifier(
    { ...ctx, sql: { ...ctx.sql, query: () => Promise.reject(new Error("the connection is cut")) } },
    { node: "cut" },
  );
  await expect(cut.verify(secret, null)).rejects.toMatchObject({ code: "service_unavailable" });
});
