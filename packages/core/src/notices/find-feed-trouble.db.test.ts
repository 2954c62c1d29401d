import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authenticated } from "../access";
import { noOrigin } from "../context";
import { claimRun, finishRun, type QuarantinedFile, reviewQuarantine, syncFeeds } from "../runs";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { describeNotice } from "./describe";
import { sweepNotices } from "./sweep-notices";

let db: Db;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());

const none = { files: 0, bytes: 0, lines: 0, good: 0, bad: 0, iocsNew: 0, iocsChanged: 0, sightingsNew: 0 };
const held: QuarantinedFile = {
  file: "list.txt",
  reasons: ["growth", "unfit"],
  records: 1_000_000,
  usual_records: 1_000,
  unfit_percent: 60,
  usual_unfit_percent: 1,
  first_lines: ["0.0.0.0/0"],
};

it("feeds in trouble are told to the workspaces that operators own, once", async () => {
  const ctx = testContext(db);
  const [operators, others] = [await testWorkspace(ctx), await testWorkspace(ctx)];
  await ctx.db.user.update({ where: { id: operators.caller.userId }, data: { operator: true } });
  await syncFeeds(ctx, [
    { id: "a", name: "A", category: "threat-feed" },
    { id: "b", name: "B", category: "threat-feed" },
  ]);
  const pull = async (feedId: string, outcome: "held" | "failed" | "ok") => {
    const run = await claimRun(ctx, { feedId, node: "one", trigger: "manual", leaseSeconds: 60 });
    if (!run) throw new Error("not claimed");
    const rest = { counts: none, badLines: [], nextDueInSeconds: 60, ...(outcome === "held" ? { held: [held] } : {}) };
    await finishRun(ctx, { feedId, runId: run.id, outcome, error: "feed.example answered with HTTP 500", ...rest });
    return run.id;
  };
  const sweep = () => sweepNotices(ctx, { email: false });
  const told = () => ctx.db.notice.findMany({ orderBy: { kind: "desc" } });

  await pull("a", "held");
  for (let i = 0; i < 4; i++) await pull("b", "failed");
  expect(await sweep()).toBe(1);
  const runId = await pull("a", "held");
  await pull("b", "failed");
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  const notices = await told();
  expect(notices.map(({ kind, workspaceId }) => [kind, workspaceId])).toEqual([
    ["feed.held", operators.caller.workspaceId],
    ["feed.failing", operators.caller.workspaceId],
  ]);
  expect(notices.some(({ workspaceId }) => workspaceId === others.caller.workspaceId)).toBe(false);
  const words = notices.map(({ kind, details }) => describeNotice(kind, null, details));
  expect(words[0]?.text).toContain(
    "list.txt has 1000000 records where 1000 are usual, and 60 % of the records unfit where 1 % are usual",
  );
  expect(words[1]).toMatchObject({ title: "The feed “B” failed 5 times in a row" });
  expect(words[1]?.text).toContain("feed.example answered with HTTP 500");

  await pull("b", "ok");
  for (let i = 0; i < 5; i++) await pull("b", "failed");
  const system = { ...ctx, caller: authenticated({ kind: "system", name: "test" }), origin: noOrigin } as const;
  await reviewQuarantine(system, { feedId: "a", runId, decision: "accept" });
  await pull("a", "ok");
  await pull("a", "held");
  expect(await sweep()).toBe(2);
});
