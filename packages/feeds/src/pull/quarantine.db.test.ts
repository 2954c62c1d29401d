import { authenticated } from "@tocsin/core/access";
import { noOrigin } from "@tocsin/core/context";
import { listRuns, listRunsInput, reviewQuarantine, syncFeeds } from "@tocsin/core/runs";
import { describe, expect, it, vi } from "vitest";
import { testFeed } from "../testing/feed";
import { openPulls } from "../testing/pulls";
import { testLimits } from "../testing/server";
import { runFeed } from "./run-feed";

const { db, ctx, server, settings } = await openPulls("quarantine");

// Thousands of rows are merged, also on a machine that does much else.
vi.setConfig({ testTimeout: 90_000 });

const addresses = (count: number, net = 10) =>
  Array.from({ length: count }, (_, i) => `45.${net + (i >> 16)}.${(i >> 8) & 255}.${i & 255}\n`).join("");

/** Pulls a feed whose files hold this. */
function pull(files: Record<string, string>) {
  server.answer((request, response) => response.end(files[(request.url ?? "/").slice(1)]));
  const feed = testFeed(Object.keys(files).map((name) => ({ name, url: `${server.origin}/${name}` })));
  return runFeed(ctx, feed, { node: "one", trigger: "manual", settings, limits: testLimits });
}

async function stored(): Promise<number> {
  const [row] = await db.sql.query<{ n: number }>("SELECT count(*) AS n FROM ioc");
  return Number(row?.n ?? -1);
}

const lastRun = async () => (await listRuns(ctx, listRunsInput.parse({ feed_id: "plain", limit: "1" }))).data[0];

async function accept(): Promise<void> {
  const system = { ...ctx, caller: authenticated({ kind: "system", name: "test" }), origin: noOrigin } as const;
  const runId = (await lastRun())?.id ?? "";
  await reviewQuarantine(system, { feedId: "plain", runId, decision: "accept" });
}

describe("a feed that has far more records than usual", () => {
  it("is quarantined with its figures and its first lines, and comes in once when it is accepted", async () => {
    expect(await pull({ "list.txt": addresses(1_000) })).toMatchObject({ status: "ok", good: 1_000 });
    const many = addresses(11_500, 20);
    expect(await pull({ "list.txt": many })).toMatchObject({ status: "held", files: 0, good: 0, iocsNew: 0 });
    expect(await stored()).toBe(1_000);
    const run = await lastRun();
    expect(run?.error).toContain("list.txt: 11500 records where 1000 are usual");
    expect(run?.held).toMatchObject([
      { file: "list.txt", reasons: ["growth"], records: 11_500, usual_records: 1_000, unfit_percent: 0 },
    ]);
    expect(run?.held?.[0]?.first_lines.slice(0, 2)).toEqual(["45.20.0.0", "45.20.0.1"]);
    await accept();
    expect(await pull({ "list.txt": many })).toMatchObject({ status: "ok", iocsNew: 11_500 });
    expect(await stored()).toBe(12_500);
    expect(await pull({ "list.txt": many })).toMatchObject({ status: "held" });
    expect(await pull({ "list.txt": addresses(1_001) })).toMatchObject({ status: "ok", iocsNew: 1 });
  });

  it("is never quarantined by its first pull, nor when it shrinks to next to nothing", async () => {
    expect(await pull({ "list.txt": addresses(3_000) })).toMatchObject({ status: "ok" });
    const shrunk = await pull({ "list.txt": addresses(2) });
    expect(shrunk).toMatchObject({ status: "ok", warnings: ["only 2 records after 3000 in the last good run"] });
  });

  it("is asked for in full again, and accepted only for figures like those that were seen", async () => {
    await pull({ "list.txt": addresses(100) });
    await pull({ "list.txt": addresses(12_000) });
    await accept();
    expect(await pull({ "list.txt": addresses(40_000) })).toMatchObject({ status: "held" });
    expect(await stored()).toBe(100);
  });
});

describe("a feed whose records turn bad", () => {
  it.each([
    ["reserved addresses", Array.from({ length: 60 }, (_, i) => `127.0.0.${i}\n`).join("")],
    [
      "networks that are too wide",
      Array.from({ length: 60 }, (_, i) => `${i % 2 ? "0.0.0.0/0" : `4${i % 10}.0.0.0/7`}\n`).join(""),
    ],
    ["what everybody uses", Array.from({ length: 60 }, (_, i) => `${["8.8.8.8", "1.1.1.1"][i % 2]}\n`).join("")],
    ["lines that do not read", "?no record\n".repeat(60)],
  ])("is quarantined for %s", async (name, bad) => {
    expect(await pull({ "list.txt": addresses(100) })).toMatchObject({ status: "ok" });
    expect(await pull({ "list.txt": addresses(40) + bad })).toMatchObject({ status: "held", iocsNew: 0 });
    expect((await lastRun())?.held).toMatchObject([
      { reasons: ["unfit"], records: 100, unfit_percent: 60, usual_unfit_percent: 0 },
    ]);
    await accept();
    const { status, good } = await pull({ "list.txt": addresses(40) + bad });
    expect([status, good]).toEqual(name === "what everybody uses" ? ["ok", 100] : ["partial", 40]);
  });

  it("is let through with a few bad values among many, which are refused one by one", async () => {
    await pull({ "list.txt": addresses(1_000) });
    const body = `${addresses(1_000)}0.0.0.0/0\n127.0.0.1\n::/0\n2000::/18\n10.0.0.0/8\n`;
    expect(await pull({ "list.txt": body })).toMatchObject({ status: "ok", good: 1_000, bad: 5 });
    expect((await lastRun())?.bad_lines.map(({ text }) => text)).toEqual([
      "0.0.0.0/0",
      "127.0.0.1",
      "::/0",
      "2000::/18",
      "10.0.0.0/8",
    ]);
  });
});

describe("a feed of several files", () => {
  it("quarantines the one that is not as usual and merges the others", async () => {
    await pull({ "a.txt": addresses(1_000), "b.txt": addresses(500, 30) });
    expect(await pull({ "a.txt": addresses(15_000, 40), "b.txt": addresses(501, 30) })).toMatchObject({
      status: "held",
      files: 1,
      iocsNew: 1,
    });
    expect((await lastRun())?.held?.map(({ file }) => file)).toEqual(["a.txt"]);
  });

  it("measures a new file by the largest that it knows", async () => {
    await pull({ "a.txt": addresses(1_000) });
    expect(await pull({ "a.txt": addresses(1_000), "b.txt": addresses(2_000, 50) })).toMatchObject({ status: "ok" });
    await db.sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting");
    await syncFeeds(ctx, [{ id: "plain", name: "Plain list", category: "threat-feed" }]);
    await pull({ "a.txt": addresses(1_000) });
    expect(await pull({ "a.txt": addresses(1_000), "b.txt": addresses(12_000, 50) })).toMatchObject({ status: "held" });
  });
});
