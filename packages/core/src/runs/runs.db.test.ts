import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type SystemCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { findClaimObstacle } from "./claim-obstacle";
import type { ClaimedRun } from "./claim-run";
import { dueFeeds } from "./due-feeds";
import { extendClaim } from "./extend-claim";
import { finishRun } from "./finish-run";
import { listFeeds } from "./list-feeds";
import { listRuns } from "./list-runs";
import { pruneRuns } from "./prune-runs";
import { releaseClaims } from "./release-claims";
import { requestRun } from "./request-run";
import type { RunOutcome } from "./schedule";
import { setFeedEnabled } from "./set-feed-enabled";
import { type FeedDescription, listRunsInput } from "./shape";
import { described, noCounts, testRuns } from "./testing";

let db: Db;
let ctx: Context;
let call: Call<Authorized<SystemCaller>>;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db);
  call = { ...ctx, caller: authenticated({ kind: "system", name: "test" }), origin: noOrigin };
});
afterAll(() => db.close());

const { reset, claim, claimed, finish } = testRuns(() => ctx);
beforeEach(reset);

async function endLease(): Promise<void> {
  await db.sql.query("UPDATE feed SET claimed_until = now() - interval '1 second'");
}

async function feedRow() {
  const [row] = await db.sql.query<{ failures: number; claimed_by: string | null; last_success_at: Date | null }>(
    "SELECT failures, claimed_by, last_success_at FROM feed WHERE id = 'a'",
  );
  return row;
}

async function statusOf(run: ClaimedRun): Promise<string | undefined> {
  const [row] = await db.sql.query<{ status: string }>("SELECT status FROM feed_run WHERE id = $1::uuid", [run.id]);
  return row?.status;
}

/** The ids of all runs, read in pages of two. */
async function pagedRuns(feed: { feed_id?: string }): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const input = { ...feed, limit: "2", ...(cursor === null ? {} : { cursor }) };
    const page = await listRuns(ctx, listRunsInput.parse(input));
    ids.push(...page.data.map(({ id }) => id));
    cursor = page.meta.next_cursor;
  } while (cursor !== null);
  return ids;
}

describe("claimRun", () => {
  it("lets one of many nodes that come together have the feed", async () => {
    const nodes = ["one", "two", "three", "four", "five", "six"];
    const runs = await Promise.all(nodes.map((node) => claim({ node })));
    expect(runs.filter((run) => run !== null)).toHaveLength(1);
    const [count] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM feed_run");
    expect(count?.n).toBe(1);
  });

  it("gives nothing for a feed that is unknown, paused or not due, but a manual run need not be due", async () => {
    expect(await claim({ feedId: "never" })).toBeNull();
    await setFeedEnabled(call, { feedId: "a", enabled: false });
    expect(await claim()).toBeNull();
    expect(await claim({ trigger: "manual" })).toBeNull();
    await setFeedEnabled(call, { feedId: "a", enabled: true });
    await finish(await claimed(), "ok", {}, 3_600);
    expect(await claim()).toBeNull();
    expect(await claim({ trigger: "manual" })).not.toBeNull();
  });

  it("keeps the vendor's least time between two pulls, by hand too", async () => {
    await finish(await claimed(), "failed");
    expect(await claim({ trigger: "manual", minSeconds: 3_600 })).toBeNull();
    await db.sql.query("UPDATE feed_run SET started_at = now() - interval '3601 seconds'");
    expect(await claim({ trigger: "manual", minSeconds: 3_600 })).not.toBeNull();
  });

  it("takes over a feed whose lease ended, and calls the old run lost", async () => {
    const old = await claimed();
    expect(await claim({ node: "two" })).toBeNull();
    await endLease();
    const taken = await claimed({ node: "two" });
    expect(await statusOf(old)).toBe("lost");
    expect(await statusOf(taken)).toBe("running");
  });

  it("has the feed at once after a restart that released every claim", async () => {
    const killed = await claimed();
    expect(await claim()).toBeNull();
    await releaseClaims(ctx);
    const again = await claimed();
    const { data } = await listRuns(ctx, listRunsInput.parse({ feed_id: "a" }));
    expect(data.map(({ id, status }) => [id, status])).toEqual([
      [again.id, "running"],
      [killed.id, "lost"],
    ]);
  });

  it("tells what the last runs left: failures, validators, good records", async () => {
    const first = await claimed();
    expect(first).toMatchObject({ failures: 0, validators: {}, lastGood: null });
    const validators = {
      "a.csv": { etag: '"x"', lastModified: "Sat, 21 Nov 2026 00:00:00 GMT", readAt: "2026-11-21T12:00:00.000Z" },
      "b.csv": { etag: undefined, lastModified: undefined, readAt: "2026-11-21T12:00:00.000Z" },
    };
    await finishRun(ctx, {
      feedId: "a",
      runId: first.id,
      outcome: "ok",
      counts: { ...noCounts, good: 7 },
      error: null,
      badLines: [],
      nextDueInSeconds: 0,
      validators,
    });
    await finish(await claimed(), "failed");
    await finish(await claimed(), "unchanged");
    await finish(await claimed(), "failed");
    expect(await claimed()).toMatchObject({ failures: 1, validators, lastGood: 7 });
  });
});

describe("findClaimObstacle", () => {
  it("names what a claim would meet", async () => {
    const obstacle = (options: Partial<Parameters<typeof findClaimObstacle>[1]> = {}) =>
      findClaimObstacle(ctx, { feedId: "a", trigger: "manual", ...options });
    expect(await obstacle({ feedId: "never" })).toBe("unknown");
    expect(await obstacle()).toBeNull();
    const run = await claimed();
    expect(await obstacle()).toBe("claimed");
    await finish(run, "ok", {}, 3_600);
    expect(await obstacle({ minSeconds: 3_600 })).toBe("too_soon");
    expect(await obstacle({ trigger: "schedule" })).toBe("not_due");
    await setFeedEnabled(call, { feedId: "a", enabled: false });
    expect(await obstacle()).toBe("paused");
  });
});

describe("finishRun and extendClaim", () => {
  it("do nothing for a run that has lost its feed", async () => {
    const old = await claimed();
    await endLease();
    const taken = await claimed({ node: "two" });
    const counts = { ...noCounts, good: 99 };
    expect(await extendClaim(ctx, { feedId: "a", runId: old.id, leaseSeconds: 60, counts })).toBe(false);
    expect(await finish(old, "ok", { good: 99 })).toBe(false);
    expect(await statusOf(old)).toBe("lost");
    expect((await feedRow())?.claimed_by).toBe(taken.id);
    expect(await finish(taken, "ok", { good: 1 })).toBe(true);
    await db.sql.query("UPDATE feed_run SET started_at = now() - interval '1 minute' WHERE id = $1::uuid", [old.id]);
    const runs = await listRuns(ctx, listRunsInput.parse({ feed_id: "a" }));
    expect(runs.data.map(({ node, status, good }) => [node, status, good])).toEqual([
      ["two", "ok", 1],
      ["one", "lost", 0],
    ]);
  });

  it("hold the feed beyond its first lease and show the counts on the way", async () => {
    const run = await claimed({ leaseSeconds: 1 });
    const counts = { ...noCounts, bytes: 3_000_000_000, good: 5 };
    expect(await extendClaim(ctx, { feedId: "a", runId: run.id, leaseSeconds: 60, counts })).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await claim({ node: "two" })).toBeNull();
    const { data } = await listRuns(ctx, listRunsInput.parse({}));
    expect(data[0]).toMatchObject({ status: "running", bytes: 3_000_000_000, good: 5, finished_at: null });
  });

  it("count failures in a row, which a good or an unchanged run ends and a lost one leaves", async () => {
    const after = async (outcome: RunOutcome) => {
      await finish(await claimed(), outcome);
      return (await feedRow())?.failures;
    };
    expect(await after("failed")).toBe(1);
    expect(await after("failed")).toBe(2);
    expect((await feedRow())?.last_success_at).toBeNull();
    expect(await after("lost")).toBe(2);
    expect(await after("unchanged")).toBe(0);
    expect((await feedRow())?.last_success_at).toBeInstanceOf(Date);
    expect(await after("failed")).toBe(1);
    expect(await after("partial")).toBe(0);
  });
});

describe("dueFeeds", () => {
  it("names what is due and free, the longest overdue first", async () => {
    await db.sql.query("UPDATE feed SET next_due_at = now() - interval '1 hour' WHERE id = 'b'");
    expect(await dueFeeds(ctx, ["a", "b", "other"])).toEqual(["b", "a"]);
    expect(await dueFeeds(ctx, ["a"])).toEqual(["a"]);
    await claimed();
    expect(await dueFeeds(ctx, ["a", "b"])).toEqual(["b"]);
    await endLease();
    expect(await dueFeeds(ctx, ["a", "b"])).toEqual(["b", "a"]);
    await setFeedEnabled(call, { feedId: "b", enabled: false });
    expect(await dueFeeds(ctx, ["a", "b"])).toEqual(["a"]);
  });
});

describe("listFeeds", () => {
  it("shows each described feed with its last runs, and one that never ran", async () => {
    for (let i = 0; i < 16; i++) await finish(await claimed(), "ok", { good: i, sightingsNew: 2 });
    await db.sql.query("UPDATE feed_run SET started_at = now() - make_interval(mins => 20 - good)");
    await finish(await claimed(), "failed");
    await setFeedEnabled(call, { feedId: "b", enabled: false });
    const { data, meta } = await listFeeds(ctx, [described("a"), described("b"), described("new")]);
    expect(meta.total).toBe(3);
    const [a, b, fresh] = data;
    const [keyless] = (await listFeeds(ctx, [described("a", "needs_key")])).data;
    expect(a).toMatchObject({ state: "on", status: "failed", failures: 1, iocs: 32 });
    expect(a?.last_run).toMatchObject({ status: "failed", error: "it broke" });
    expect(a?.recent_runs.map(({ good }) => good)).toEqual([0, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(b).toMatchObject({ state: "paused", status: "never", next_due_at: null, recent_runs: [] });
    expect(fresh).toMatchObject({ state: "on", status: "never", iocs: 0, last_run: null, next_due_at: null });
    expect(keyless).toMatchObject({ state: "needs_key", next_due_at: null });
  });
});

describe("listRuns", () => {
  it("pages through all runs without gap or repeat, also those that began together", async () => {
    for (let i = 0; i < 3; i++) {
      for (const feedId of ["a", "b"]) await finish(await claimed({ feedId }), "ok", { good: i });
    }
    await db.sql.query("UPDATE feed_run SET started_at = '2026-11-21T12:00:00.123Z' WHERE good > 0");
    for (const feed of [{}, { feed_id: "a" }]) {
      const whole = (await listRuns(ctx, listRunsInput.parse(feed))).data.map(({ id }) => id);
      const seen = await pagedRuns(feed);
      expect(seen).toEqual(whole);
      expect(seen).toHaveLength("feed_id" in feed ? 3 : 6);
    }
  });

  it("refuses an unknown feed and a cursor of another make", async () => {
    await expect(listRuns(ctx, listRunsInput.parse({ feed_id: "never" }))).rejects.toMatchObject({ code: "not_found" });
    for (const cursor of ["", "x", "99999999999999999_a", "1_00000000-0000-0000-0000-00000000000Z"]) {
      await expect(listRuns(ctx, listRunsInput.parse({ cursor }))).rejects.toMatchObject({ code: "invalid_parameter" });
    }
  });

  it("keeps bad lines as they were", async () => {
    const run = await claimed();
    const badLines = [{ file: "a.csv", line: 3, reason: 'is no "ioc"', text: "x'); DROP TABLE feed; -- \\ 🦊" }];
    await finishRun(ctx, {
      feedId: "a",
      runId: run.id,
      outcome: "ok",
      counts: noCounts,
      error: null,
      badLines,
      nextDueInSeconds: 0,
    });
    expect((await listRuns(ctx, listRunsInput.parse({}))).data[0]?.bad_lines).toEqual(badLines);
  });
});

describe("requestRun", () => {
  it("makes a feed due now", async () => {
    await finish(await claimed(), "ok", {}, 3_600);
    expect(await dueFeeds(ctx, ["a"])).toEqual([]);
    const answer = await requestRun(call, [described("a")], { feedId: "a" });
    expect(answer).toEqual({ data: { feed_id: "a", state: "due" } });
    expect(await dueFeeds(ctx, ["a"])).toEqual(["a"]);
    await claimed();
    expect((await requestRun(call, [described("a")], { feedId: "a" })).data.state).toBe("running");
  });

  it("refuses a feed that is unknown, off, without its key or paused", async () => {
    const code = (feedId: string, state: FeedDescription["state"] = "on") =>
      requestRun(call, [described("a", state)], { feedId }).then(
        () => "no error",
        (error: { code?: string }) => error.code,
      );
    expect(await code("never")).toBe("not_found");
    expect(await code("a", "off")).toBe("invalid_parameter");
    expect(await code("a", "needs_key")).toBe("invalid_parameter");
    await setFeedEnabled(call, { feedId: "a", enabled: false });
    expect(await code("a")).toBe("invalid_parameter");
    await expect(setFeedEnabled(call, { feedId: "never", enabled: true })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("pruneRuns", () => {
  it("forgets old runs and bad lines, and no sum", async () => {
    const badLines = [{ file: "a", line: 1, reason: "r", text: "t" }];
    const ages = [
      { days: 1, good: 1, sightingsNew: 0 },
      { days: 20, good: 2, sightingsNew: 0 },
      { days: 100, good: 3, sightingsNew: 5 },
      { days: 100, good: 4, sightingsNew: 0 },
    ];
    for (const { days, ...counts } of ages) {
      const run = await claimed();
      await finishRun(ctx, {
        feedId: "a",
        runId: run.id,
        outcome: "ok",
        counts: { ...noCounts, ...counts },
        error: null,
        badLines,
        nextDueInSeconds: 0,
      });
      await db.sql.query(
        "UPDATE feed_run SET started_at = now() - make_interval(days => $2::int) WHERE id = $1::uuid",
        [run.id, days],
      );
    }
    expect(await pruneRuns(ctx)).toEqual({ deleted: 1 });
    const { data } = await listRuns(ctx, listRunsInput.parse({}));
    expect(data.map(({ good, bad_lines }) => [good, bad_lines.length])).toEqual([
      [1, 1],
      [2, 0],
      [3, 0],
    ]);
    expect((await listFeeds(ctx, [described("a")])).data[0]?.iocs).toBe(5);
    expect(await pruneRuns(ctx)).toEqual({ deleted: 0 });
  });
});
