import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authorized, authenticated, type SessionCaller, type SystemCaller } from "../access";
import { type Call, type Context, noOrigin } from "../context";
import { testContext } from "../testing";
import { dueFeeds } from "./due-feeds";
import { finishRun } from "./finish-run";
import { listFeeds } from "./list-feeds";
import { listRuns } from "./list-runs";
import type { QuarantinedFile } from "./quarantine";
import { requestRun } from "./request-run";
import { reviewQuarantine } from "./review-quarantine";
import { listRunsInput } from "./shape";
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

describe("a circuit", () => {
  const circuit = async () => (await listFeeds(ctx, [described("a")])).data[0]?.circuit;

  it("opens after five failures, is half open while it is asked, and closes with one good pull", async () => {
    for (let failures = 1; failures < 5; failures++) await finish(await claimed(), "failed");
    expect(await circuit()).toBe("closed");
    await finish(await claimed(), "failed", {}, 4_800);
    expect(await circuit()).toBe("open");
    expect(await claim()).toBeNull();
    await requestRun(call, [described("a")], { feedId: "a" });
    expect(await circuit()).toBe("half_open");
    const tried = await claimed();
    expect(await circuit()).toBe("half_open");
    await finish(tried, "failed", {}, 9_600);
    expect(await circuit()).toBe("open");
    await finish(await claimed({ trigger: "manual" }), "ok", {}, 3_600);
    expect(await circuit()).toBe("closed");
  });
});

describe("what is quarantined", () => {
  const figures = (records: number): QuarantinedFile => ({
    file: "list.txt",
    reasons: ["growth"],
    records,
    usual_records: 1_000,
    unfit_percent: 0,
    usual_unfit_percent: 0,
    first_lines: ["192.0.2.1"],
  });
  const hold = async (records = 50_000) => {
    const run = await claimed({ trigger: "manual" });
    const held = [figures(records)];
    await finishRun(ctx, {
      feedId: "a",
      runId: run.id,
      outcome: "held",
      counts: noCounts,
      error: "held",
      badLines: [],
      nextDueInSeconds: 60,
      held,
    });
    return run.id;
  };
  const state = async () => (await listFeeds(ctx, [described("a")])).data[0];

  it("is shown with its figures, since its first run, and is no success and no failure", async () => {
    const first = await hold();
    const since = (await state())?.held?.since;
    const second = await hold(60_000);
    expect(second).not.toBe(first);
    expect(await state()).toMatchObject({
      status: "held",
      failures: 0,
      last_success_at: null,
      held: { since, run_id: second, decision: null },
    });
    const { data } = await listRuns(ctx, listRunsInput.parse({ feed_id: "a" }));
    expect(data.map((run) => run.held?.[0]?.records)).toEqual([60_000, 50_000]);
  });

  it("is let through once when an operator accepts it, and that is written down", async () => {
    const runId = await hold();
    expect(await dueFeeds(ctx, ["a"])).toEqual([]);
    expect(await reviewQuarantine(call, { feedId: "a", runId, decision: "accept" })).toEqual({
      data: { feed_id: "a", decision: "accepted" },
    });
    expect(await dueFeeds(ctx, ["a"])).toEqual(["a"]);
    const next = await claimed();
    expect(next.accepted).toEqual([figures(50_000)]);
    await finish(next, "ok");
    expect((await state())?.held).toBeNull();
    expect((await claimed()).accepted).toEqual([]);
    const event = await db.prisma.auditEvent.findFirst({ where: { action: "feed.accept" } });
    expect(event).toMatchObject({ targetId: "a", details: { run: runId, files: [{ records: 50_000 }] } });
  });

  it("stays accepted over a failure, and not over another quarantined run", async () => {
    await reviewQuarantine(call, { feedId: "a", runId: await hold(), decision: "accept" });
    await finish(await claimed(), "failed");
    expect((await state())?.held?.decision).toBe("accepted");
    await hold(900_000);
    expect((await state())?.held?.decision).toBeNull();
  });

  it("is kept back without asking again", async () => {
    await reviewQuarantine(call, { feedId: "a", runId: await hold(), decision: "keep" });
    await hold();
    expect((await state())?.held?.decision).toBe("kept");
    expect((await claimed({ trigger: "manual" })).accepted).toEqual([]);
  });

  it("is reviewed by the run that was seen, and by operators alone", async () => {
    const runId = await hold();
    const other = "00000000-0000-4000-8000-000000000000";
    const review = (overrides: object, caller = call.caller) =>
      reviewQuarantine({ ...call, caller }, { feedId: "a", runId, decision: "accept", ...overrides });
    await expect(review({ runId: other })).rejects.toMatchObject({ code: "invalid_parameter" });
    await expect(review({ feedId: "none" })).rejects.toMatchObject({ code: "not_found" });
    const person = authenticated({
      kind: "session",
      operator: false,
    } as SessionCaller) as unknown as typeof call.caller;
    await expect(review({}, person)).rejects.toMatchObject({ code: "insufficient_role" });
    expect((await state())?.held?.decision).toBeNull();
  });
});
