import { createDb, type Db } from "@tocsin/db";
import { type TestDatabase, testDatabaseUrl } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../context";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { rotateKeyInput, updateKeyInput } from "./change-shape";
import { createKey } from "./create-key";
import { revokeKey } from "./revoke-key";
import { rotateKey } from "./rotate-key";
import { createKeyInput } from "./shape";
import { updateKey } from "./update-key";
import { createVerifier, type Verifier } from "./verifier";

/** One of three on one database, as if it were a process of its own. */
type Node = { db: Db; ctx: Context; verifier: Verifier };

const start = new Date("2026-11-21T12:00:00.000Z");
let database: TestDatabase;
let now = start;
const nodes: Node[] = [];

beforeAll(async () => {
  database = await testDatabaseUrl();
  for (const name of ["first", "second", "third"]) {
    const db = await createDb({ url: database.url, connections: 8, name });
    const base = testContext(db, { now: () => now });
    const verifier = createVerifier(base, { node: name, openLine: db.openLine });
    verifier.start();
    nodes.push({ db, ctx: { ...base, revocation: verifier.revocation }, verifier });
  }
});
afterAll(async () => {
  for (const { verifier, db } of nodes) {
    await verifier.stop();
    await db.close();
  }
  await database.drop();
});

function nodeAt(i: number): Node {
  const node = nodes[i % nodes.length];
  if (!node) throw new Error("there is no node");
  return node;
}
async function newKey() {
  const call = await testWorkspace(nodeAt(0).ctx);
  const { data } = await createKey(call, createKeyInput.parse({ name: "SIEM" }));
  /** The same person's call, as it came to another node. */
  const at = (i: number) => ({ ...call, ...nodeAt(i).ctx });
  const rotate = (i: number, grace_seconds = 60) =>
    rotateKey(at(i), rotateKeyInput.parse({ keyId: data.id, grace_seconds }));
  return { id: data.id, secret: data.key, at, rotate };
}
async function codes(secret: string): Promise<string[]> {
  return Promise.all(
    nodes.map(async ({ verifier }) => {
      const verdict = await verifier.verify(secret, null);
      return verdict.usable ? "usable" : verdict.code;
    }),
  );
}
const everywhere = (code: string) => nodes.map(() => code);
const events = (targetId: string, action: string) =>
  nodeAt(0).db.prisma.auditEvent.findMany({ where: { targetId, action }, orderBy: { id: "asc" } });
const secretsOf = (keyId: string) =>
  nodeAt(0).db.prisma.keySecret.findMany({ where: { keyId }, select: { retiresAt: true, graceSeconds: true } });

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 120_000; performance.now() < end; ) if (await what()) return;
  throw new Error("it never came to that");
}

describe("three nodes, one key that is rotated", () => {
  it("start the grace once, however many of them see the first use at once, and all end the old secret", async () => {
    for (let round = 0; round < 5; round++) {
      const key = await newKey();
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
      const { data } = await key.rotate(round);
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
      const uses = Array.from({ length: 30 }, (_, i) => nodeAt(i).verifier.verify(data.key, null));
      expect((await Promise.all(uses)).every(({ usable }) => usable)).toBe(true);
      expect(await events(key.id, "key.retire_secret")).toHaveLength(1);
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
      now = new Date(now.getTime() + 60_000);
      // A node that has not heard of it yet does so within its lease.
      await until(async () => (await codes(key.secret)).every((code) => code === "invalid_api_key"));
      expect(await codes(data.key)).toEqual(everywhere("usable"));
      expect(await events(key.id, "key.retire_secret")).toHaveLength(1);
    }
  });

  it("refuse a secret that ends at once when the rotation has been answered", async () => {
    for (let round = 0; round < 6; round++) {
      const key = await newKey();
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
      const second = (await key.rotate(round, 0)).data.key;
      expect(await codes(key.secret)).toEqual(everywhere("invalid_api_key"));
      expect(await codes(second)).toEqual(everywhere("usable"));
      const third = (await key.rotate(round + 1, 600)).data.key;
      expect(await codes(second)).toEqual(everywhere("usable"));
      const fourth = (await key.rotate(round + 2, 600)).data.key;
      expect(await codes(second)).toEqual(everywhere("invalid_api_key"));
      expect([await codes(third), await codes(fourth)]).toEqual([everywhere("usable"), everywhere("usable")]);
    }
  });

  it("cannot confirm in time that a secret has ended: the new one is answered all the same, and says so", async () => {
    const key = await newKey();
    const { query } = nodeAt(0).db.sql;
    await query(
      "INSERT INTO node_lease (node, applied, expires_at) VALUES ('silent', 0, clock_timestamp() + interval '1 hour')",
    );
    const { data, meta } = await key.rotate(0, 0);
    expect(meta.warning).toMatch(/Not every node has confirmed/);
    await query("DELETE FROM node_lease WHERE node = 'silent'");
    expect(await codes(key.secret)).toEqual(everywhere("invalid_api_key"));
    expect(await codes(data.key)).toEqual(everywhere("usable"));
  });

  it("apply a restriction that has been answered", async () => {
    for (let round = 0; round < 6; round++) {
      const key = await newKey();
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
      await updateKey(key.at(round), updateKeyInput.parse({ keyId: key.id, allowed_ips: ["192.0.2.0/24"] }));
      expect(await codes(key.secret)).toEqual(everywhere("ip_not_allowed"));
      await updateKey(key.at(round + 1), updateKeyInput.parse({ keyId: key.id, allowed_ips: null }));
      expect(await codes(key.secret)).toEqual(everywhere("usable"));
    }
  });
});

describe("at once", () => {
  it("ten rotations leave two secrets that work, and each knows which", async () => {
    const key = await newKey();
    const rotated = await Promise.all(Array.from({ length: 10 }, (_, i) => key.rotate(i)));
    const usable = [];
    for (const { data } of rotated) {
      const answers = new Set(await codes(data.key));
      expect(answers.size).toBe(1);
      if (answers.has("usable")) usable.push(data.key_prefix);
    }
    const log = await events(key.id, "key.rotate");
    expect(log).toHaveLength(10);
    const last = log.at(-1)?.details as { prefix: string; previous_prefix: string };
    expect(usable.toSorted()).toEqual([last.prefix, last.previous_prefix].toSorted());
    expect(await codes(key.secret)).toEqual(everywhere("invalid_api_key"));
    const living = (await secretsOf(key.id)).filter(({ retiresAt }) => retiresAt === null || retiresAt > now);
    expect(living).toHaveLength(2);
  });

  it("rotations, first uses and a revocation end with no secret that works", async () => {
    for (let round = 0; round < 8; round++) {
      const key = await newKey();
      const first = (await key.rotate(round)).data.key;
      const minted: string[] = [key.secret, first];
      const rotations = Array.from({ length: 3 }, async (_, i) => {
        const { data } = await key.rotate(round + i);
        minted.push(data.key);
      });
      const uses = Array.from({ length: 6 }, (_, i) => nodeAt(i).verifier.verify(first, null));
      const revoked = revokeKey(key.at(round + 1), { keyId: key.id, reason: "race" });
      const outcomes = await Promise.allSettled([...rotations, ...uses]);
      await revoked;
      for (const outcome of outcomes) {
        // Whoever came after the revocation is told so; nothing else goes wrong.
        if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "invalid_parameter" });
      }
      for (const secret of minted) expect(await codes(secret)).toEqual(everywhere("invalid_api_key"));
      expect(await events(key.id, "key.revoke")).toHaveLength(1);
      expect(await events(key.id, "key.rotate")).toHaveLength(minted.length - 1);
    }
  });

  it("a first use never begins the grace of the secret that is being used", async () => {
    for (let round = 0; round < 10; round++) {
      const key = await newKey();
      const second = (await key.rotate(round)).data.key;
      const [, { data }] = await Promise.all([nodeAt(round).verifier.verify(second, null), key.rotate(round + 1)]);
      now = new Date(now.getTime() + 3_600_000);
      expect(await codes(second)).toEqual(everywhere("usable"));
      await nodeAt(round).verifier.verify(data.key, null);
      now = new Date(now.getTime() + 60_000);
      await until(async () => (await codes(second)).every((code) => code === "invalid_api_key"));
    }
  });
});
