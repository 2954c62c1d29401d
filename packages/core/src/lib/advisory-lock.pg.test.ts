import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withAdvisoryLock } from "./advisory-lock";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A transaction that holds the lock by the statement that versions before wrote, until it is told to end. */
async function hold(): Promise<() => Promise<void>> {
  const { promise: ended, resolve: end } = deferred();
  const { promise: held, resolve: begin } = deferred();
  const transaction = db.sql.begin(async ({ query }) => {
    await query("SELECT pg_advisory_xact_lock(hashtext('tocsin stats'))");
    begin();
    await ended;
  });
  await held;
  return async () => {
    end();
    await transaction;
  };
}

describe("an advisory lock", () => {
  it("is left to who holds it, an older version too, and is free when that one is through", async () => {
    const release = await hold();
    expect(await withAdvisoryLock(db, "tocsin stats", async () => 1)).toBeNull();
    expect(await withAdvisoryLock(db, "another", async () => 1)).toBe(1);
    await release();
    expect(await withAdvisoryLock(db, "tocsin stats", async () => 1)).toBe(1);
  });

  it("is waited for where that is asked for", async () => {
    const release = await hold();
    const order: string[] = [];
    const waiting = withAdvisoryLock(db, "tocsin stats", async () => order.push("after"), { wait: true });
    order.push("before");
    await release();
    await waiting;
    expect(order).toEqual(["before", "after"]);
  });

  it("is waited for no longer than the patience, and is free after work that throws", async () => {
    const release = await hold();
    const work = withAdvisoryLock(db, "tocsin stats", async () => 1, { wait: true, patienceMs: 50 });
    await expect(work).rejects.toMatchObject({ code: "55P03" });
    await release();
    const failing = async () => {
      throw new Error("no");
    };
    await expect(withAdvisoryLock(db, "tocsin stats", failing)).rejects.toThrow("no");
    expect(await withAdvisoryLock(db, "tocsin stats", async () => 1)).toBe(1);
  });
});
