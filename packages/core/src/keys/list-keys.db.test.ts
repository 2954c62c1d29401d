import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { createKey } from "./create-key";
import { countKeys, readKeyActivity } from "./key-activity";
import { keySorts } from "./key-order";
import { keyStatuses } from "./key-status";
import { listKeys } from "./list-keys";
import { revokeKey } from "./revoke-key";
import { createKeyInput, type Key, keyListShape, listKeysInput } from "./shape";

let db: Db;
let ctx: Context;
let call: Call<Authorized<SessionCaller>>;
const dayMs = 86_400_000;

beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
  call = await testWorkspace(ctx);
  const made: Key[] = [];
  // Three share one millisecond, so that ids break the tie.
  for (const [i, days] of [null, 1, 14, 15, 40, null, null].entries()) {
    const at = new Date(ctx.now().getTime() - 20 * dayMs + Math.floor(i / 3));
    const input = createKeyInput.parse({ name: `Key ${i} 50%`, expires_in_days: days === null ? null : days + 20 });
    made.push((await createKey({ ...call, now: () => at }, input)).data);
  }
  await createKey(
    { ...call, now: () => new Date(ctx.now().getTime() - 20 * dayMs) },
    createKeyInput.parse({ name: "Old_one", expires_in_days: 2 }),
  );
  await revokeKey(call, { keyId: made[6]?.id ?? "", reason: null });
  const foreign = await testWorkspace(ctx);
  await createKey(foreign, createKeyInput.parse({ name: "Key of others" }));
});
afterAll(() => db.close());

const list = (query: object = {}) => listKeys(call, listKeysInput.parse(query));

describe("listKeys", () => {
  it("answers every key of the workspace and of no other, newest first", async () => {
    const all = await list();
    expect(keyListShape.parse(all)).toEqual(all);
    expect(all.meta).toEqual({ total: 8, total_exact: true, limit: 1_000, next_cursor: null });
    const order = all.data.map((key) => `${key.created_at} ${key.id}`);
    expect(order).toEqual([...order].sort().reverse());
    expect(all.data.some((key) => key.name === "Key of others")).toBe(false);
    expect(JSON.stringify(all)).not.toMatch(/full_key|"key"/);
  });

  it("pages without gap or repeat", async () => {
    const whole = (await list()).data.map((key) => key.id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: "3", cursor });
      expect(page.meta.total).toBe(8);
      paged.push(...page.data.map((key) => key.id));
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
  });

  it("filters by exactly the status that each key shows", async () => {
    const all = (await list()).data;
    for (const status of keyStatuses) {
      const filtered = await list({ status });
      expect(filtered.data).toEqual(all.filter((key) => key.status === status));
      expect(filtered.meta.total).toBe(filtered.data.length);
      expect(filtered.data.length).toBeGreaterThan(0);
    }
  });

  it("finds text in names and prefixes, where % and _ mean themselves", async () => {
    const names = async (q: string) => (await list({ q })).data.map((key) => key.name).sort();
    expect(await names("key 3")).toEqual(["Key 3 50%"]);
    expect(await names("0%")).toHaveLength(7);
    expect(await names("%y")).toEqual([]);
    expect(await names("old_")).toEqual(["Old_one"]);
    expect(await names("d_o")).toEqual(["Old_one"]);
    expect(await names("y_3")).toEqual([]);
    expect(await names("\\")).toEqual([]);
    const [first] = (await list()).data;
    expect((await list({ q: first?.key_prefix })).data.map((key) => key.id)).toContain(first?.id);
  });

  it.each(["x", "1.x", ".", `99999999999999999.${"0".repeat(36)}`, "1'"])("refuses the cursor %s", async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({
      code: "invalid_parameter",
      details: { fields: [{ field: "cursor" }] },
    });
  });
});

describe("the order of a list of keys", () => {
  const fields = ["created_at", "name", "last_used_at", "total_requests", "expires_at"] as const;

  beforeAll(async () => {
    // Some of them share a value, some have none.
    for (const [i, { id }] of (await list()).data.entries()) {
      const lastUsedAt = i % 3 === 0 ? null : new Date(Date.UTC(2026, 2, 1 + (i % 2)));
      await db.prisma.apiKey.update({ where: { id }, data: { lastUsedAt, totalRequests: BigInt(i % 4) } });
    }
  });

  it.each(keySorts)("%s: by the field, without gap or repeat over pages, keys without a value last", async (sort) => {
    const field = fields.find((each) => sort.endsWith(each)) ?? "name";
    const down = sort.startsWith("-");
    const all = (await list({ sort })).data;
    const present = all.map((key) => key[field]).filter((value) => value !== null);
    expect(all.slice(0, present.length).map((key) => key[field])).toEqual(present);
    const sorted = present.toSorted((a, b) => (a === b ? 0 : a < b === down ? 1 : -1));
    expect(present).toEqual(sorted);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ sort, limit: "3", cursor });
      paged.push(...page.data.map((key) => key.id));
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all.map((key) => key.id));
    expect(new Set(paged).size).toBe(8);
  });

  it("refuses the cursor of another order, and what is none", async () => {
    const { next_cursor } = (await list({ sort: "name", limit: "1" })).meta;
    const forged = Buffer.from('["-name",5,"x"]').toString("base64url");
    for (const cursor of [next_cursor, forged, "x", Buffer.from("[]").toString("base64url")]) {
      await expect(list({ sort: "-name", cursor })).rejects.toMatchObject({
        code: "invalid_parameter",
        details: { fields: [{ field: "cursor" }] },
      });
    }
  });
});

describe("readKeyActivity", () => {
  it("has the last fourteen days of keys of the workspace, and of no other", async () => {
    const [mine] = (await list()).data;
    const foreign = await db.prisma.apiKey.findFirstOrThrow({ where: { name: "Key of others" }, select: { id: true } });
    const keyId = mine?.id ?? "";
    const today = Math.floor(ctx.now().getTime() / dayMs);
    for (const [back, requests, errors] of [
      [0, 5, 1],
      [13, 7, 2],
      [14, 100, 100],
    ] as const) {
      const day = new Date((today - back) * dayMs);
      await db.prisma.usageDay.create({ data: { keyId, day, requests, errors } });
    }
    const at = ctx.now();
    await db.prisma.keyNetwork.create({ data: { keyId, network: "198.51.100.0/24", firstAt: at, lastAt: at } });
    const { data } = await readKeyActivity(call, { ids: [keyId, foreign.id] });
    expect(data).toEqual([
      { key_id: keyId, daily: [7, ...Array<number>(12).fill(0), 5], requests: 12, errors: 3, networks: 1 },
    ]);
  });

  it("counts keys by exactly the state that each shows", async () => {
    const counts = await countKeys(call);
    for (const status of ["expiring", "expired", "revoked"] as const) {
      expect(counts[status]).toBe((await list({ status })).meta.total);
    }
    expect(counts.active).toBe((await list({ status: "active" })).meta.total);
    expect((await readKeyActivity(call, { ids: [] })).data).toEqual([]);
  });
});
