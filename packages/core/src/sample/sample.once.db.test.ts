import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Authorized, SessionCaller } from "../access";
import { sequenceChanges } from "../changes";
import type { Call, Context } from "../context";
import { type FeedStanding, ingestIocs } from "../iocs";
import { testContext } from "../testing";
import { iocId, iocTypes, type Observation, sampleFeedIds } from "../values";
import { createWarninglists, remarkIocs } from "../warninglists";
import { testWorkspace } from "../workspaces/testing";
import { loadSample } from "./load-sample";
import { removeSample, tidySample } from "./remove-sample";
import { sampleArticles } from "./set/articles";
import { sampleKeys } from "./set/keys";
import { sampleSayings } from "./set/values";
import { getSample, sampleAuthor } from "./state";

const real = {
  ...({ id: "real", name: "Real", category: "vendor", confidence: "medium", tlp: "amber", reputation: 80 } as const),
};
const removal: { others: FeedStanding[] } = { others: [real] };
const now = new Date("2026-11-21T12:00:00.000Z");

let db: Db;
let ctx: Context;
let operator: Call<Authorized<SessionCaller>>;

beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.close());
beforeEach(async () => {
  ctx = testContext(db, { now: () => now });
  await db.sql.query(
    `TRUNCATE sample, ioc, sighting, sighting_record, ioc_change, publication, feed, article, article_ioc, watchlist,
       watchlist_article, watchlist_change, api_key, usage_minute, usage_hour, usage_day_route, stats CASCADE`,
  );
  await db.sql.query("UPDATE watchlist_progress SET comparing = NULL");
  operator = await testWorkspace(ctx, { operator: true });
});

const ingest = (...observations: Observation[]) => ingestIocs(ctx, { feed: real, observations, pulledAt: now });
const count = async (table: string, where = "true") =>
  (await db.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]?.n;
const publish = async () => {
  while ((await sequenceChanges(ctx)).full);
};
/** All that a load brings, without ids and times that differ by the attempt. */
const brought = async () => [
  await db.sql.query("SELECT to_jsonb(ioc) - 'updated_at' - 'risk_score' - 'stale_at' AS row FROM ioc ORDER BY id"),
  await db.sql.query("SELECT to_jsonb(sighting) AS row FROM sighting ORDER BY ioc_id, feed_id"),
  await db.sql.query("SELECT id, title, ioc_count FROM article ORDER BY id"),
  await db.sql.query("SELECT feed_id, good, iocs_new, sightings_new FROM feed_run ORDER BY feed_id, started_at"),
  await db.sql.query("SELECT name, total_requests, last_used_at, created_at FROM api_key ORDER BY name"),
  await db.sql.query("SELECT sum(requests)::int AS n, count(*)::int AS rows FROM usage_hour"),
  await db.sql.query("SELECT kind, value FROM watchlist_entry ORDER BY kind, value"),
];

describe("loadSample", () => {
  it("brings values of every type with several sources, articles, keys with traffic and a watchlist that matches", async () => {
    const { data } = await loadSample(operator, removal);
    expect(data).toEqual({
      ...{
        already: false,
        iocs: expect.any(Number),
        articles: sampleArticles.length,
        keys: 3,
        watchlists: 1,
        notes: [],
      },
    });
    const types = await db.sql.query<{ type: string }>("SELECT DISTINCT type FROM ioc WHERE withdrawn_at IS NULL");
    expect(types.map(({ type }) => type).sort()).toEqual([...iocTypes].sort());
    expect(await count("ioc", "sources_count > 1")).toBeGreaterThan(30);
    expect(await count("ioc", `NOT sources <@ ARRAY['${sampleFeedIds.join("','")}']`)).toBe(0);
    expect(await count("(SELECT DISTINCT confidence FROM ioc) AS words")).toBe(3);
    expect(await count("(SELECT DISTINCT created_at FROM ioc) AS days")).toBeGreaterThan(5);
    expect(await count("article", "has_iocs")).toBe(3);
    const summaries = await db.sql.query<{ summary: string }>("SELECT summary FROM article");
    for (const { summary } of summaries) expect(summary).toMatch(/^[A-Z].*[.]$/);
    expect(await count("watchlist_match")).toBeGreaterThan(5);
    expect(await count("usage_hour", "status >= 400")).toBeGreaterThan(20);
    expect(await count("api_key", `created_by = '${sampleAuthor}' AND total_requests > 0`)).toBe(sampleKeys.length);
    expect(await count("audit_event", "action = 'sample.load'")).toBeGreaterThan(0);
    const { data: state } = await getSample(operator);
    expect(state).toMatchObject({ state: "loaded", loaded_by: operator.caller.email, feed_ids: [...sampleFeedIds] });
    expect([state.key_ids.length, state.watchlist_ids.length]).toEqual([3, 1]);
    await publish();
    expect(await count("publication", "frozen IS NULL")).toBe(await count("ioc", "withdrawn_at IS NULL"));
  });

  it("holds nothing but documentation addresses, names under .example and hashes of texts of ours", () => {
    const hosted = sampleSayings.flatMap(({ observation: { type, value } }) =>
      type === undefined || /^(?:md5|sha|cve|mitre)/.test(type) ? [] : [value],
    );
    const own = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)\d+$|^2001:db8:|(?:^|[./@])[a-z0-9-]+\.example(?:\/|$)/;
    expect(hosted.filter((value) => !own.test(value))).toEqual([]);
    expect(hosted.length).toBeGreaterThan(80);
  });

  it("changes nothing when it is loaded twice", async () => {
    await loadSample(operator, removal);
    const before = [await brought(), await count("audit_event"), await count("ioc_change")];
    expect((await loadSample(operator, removal)).data).toMatchObject({ already: true, keys: 3, watchlists: 1 });
    expect([await brought(), await count("audit_event"), await count("ioc_change")]).toEqual(before);
  });

  it("is whole after it was stopped at any statement and asked for again", async () => {
    const counted = stopping(operator, Number.POSITIVE_INFINITY);
    await loadSample(counted.call, removal);
    const whole = await brought();
    await removeSample(operator, removal);
    for (const after of pointsOf(counted.steps())) {
      await db.sql.query(
        "TRUNCATE sample, ioc, sighting, feed, article, article_ioc, watchlist, api_key, usage_minute, usage_hour, usage_day_route CASCADE",
      );
      await expect(loadSample(stopping(operator, after).call, removal)).rejects.toThrow("stopped");
      await loadSample(operator, removal);
      expect(await brought(), `stopped after ${after} statements`).toEqual(whole);
    }
  });

  it("is for operators", async () => {
    const stranger = await testWorkspace(ctx);
    await expect(loadSample(stranger, removal)).rejects.toMatchObject({ code: "insufficient_role" });
    await expect(removeSample(stranger, removal)).rejects.toMatchObject({ code: "insufficient_role" });
    expect(await count("sample")).toBe(0);
  });

  it("leaves out keys for which the workspace has no room, and says so", async () => {
    const small = await testWorkspace(ctx, { operator: true, tier: "free" });
    const limit = small.caller.tier.keys;
    const { data } = await loadSample(small, removal);
    expect(data.keys).toBe(Math.min(limit, sampleKeys.length));
    expect(data.notes.filter((note) => note.includes("keys"))).toHaveLength(limit < sampleKeys.length ? 1 : 0);
  });

  it("stays unmarked by lists of documentation addresses, on which a real feed's value is marked", async () => {
    const lists = createWarninglists([
      {
        ...{
          id: "documentation",
          name: "Documentation",
          kind: "cidr",
          version: "1",
          effect: "hide",
          means: "reserved",
        },
        ...{ types: ["ipv4"], urls: "none", entries: ["192.0.2.0/24"] },
      },
    ]);
    await loadSample(operator, removal);
    await ingest({ value: "192.0.2.17" });
    while (!(await remarkIocs({ ...ctx, warninglists: { current: () => lists } })).done);
    const marked = await db.sql.query("SELECT value FROM ioc WHERE cardinality(warnings) > 0");
    expect(marked).toEqual([{ value: "192.0.2.17" }]);
  });
});

describe("removeSample", () => {
  const shared: Observation[] = [
    { value: "192.0.2.10", confidence: "low", tags: ["theirs"], lastSeen: new Date("2026-11-20T00:00:00.000Z") },
    { value: "files.sample-downloads.example", threatType: "malware", context: "theirs" },
    { value: "CVE-2026-90001" },
  ];
  const ids = shared.map(({ value }) =>
    iocId(value.startsWith("CVE") ? "cve" : value.startsWith("192") ? "ipv4" : "domain", value),
  );
  const asReal = async () =>
    db.sql.query<{ row: object }>(
      `SELECT to_jsonb(ioc) - 'created_at' - 'updated_at' - 'generation' AS row FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id`,
      [ids],
    );

  it.each(["before", "after"])(
    "leaves of a value that a real feed reported %s it that feed's word alone",
    async (when) => {
      await ingest(...shared);
      const alone = await asReal();
      await db.sql.query("TRUNCATE ioc, sighting, ioc_change");
      if (when === "before") await ingest(...shared);
      await loadSample(operator, removal);
      if (when === "after") await ingest(...shared);
      expect(await asReal()).not.toEqual(alone);
      await removeSample(operator, removal);
      expect(await asReal()).toEqual(alone);
      expect(await count("ioc", "withdrawn_at IS NULL")).toBe(shared.length);
    },
  );

  it("withdraws the rest, revokes it for pollers, and leaves no trace but the audit log's", async () => {
    await loadSample(operator, removal);
    await publish();
    const told = await count("publication", "frozen IS NULL");
    const { data } = await removeSample(operator, removal);
    expect(data).toMatchObject({ articles: sampleArticles.length, keys: 3 });
    await publish();
    expect(await count("publication", "frozen IS NOT NULL")).toBeGreaterThanOrEqual(told ?? 0);
    expect(await count("publication", "frozen IS NULL")).toBe(0);
    for (const table of ["sighting", "article", "article_ioc", "feed_run", "api_key", "key_secret", "watchlist"]) {
      expect(await count(table), table).toBe(0);
    }
    for (const table of ["usage_minute", "usage_hour", "usage_day", "usage_day_route", "watchlist_match", "sample"]) {
      expect(await count(table), table).toBe(0);
    }
    const actions = await db.sql.query<{ action: string }>(
      "SELECT action FROM audit_event WHERE workspace_id = $1::uuid ORDER BY seq",
      [operator.caller.workspaceId],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      ...sampleKeys.map(() => "key.create"),
      "sample.load",
      ...sampleKeys.map(() => "key.revoke"),
      "sample.remove",
    ]);
    expect((await getSample(operator)).data).toMatchObject({ state: "none", feed_ids: [], key_ids: [] });
  });

  it("is whole after it was stopped at any statement and asked for again", async () => {
    await ingest(...shared);
    await loadSample(operator, removal);
    const counted = stopping(operator, Number.POSITIVE_INFINITY);
    await removeSample(counted.call, removal);
    for (const after of pointsOf(counted.steps())) {
      await ingest(...shared);
      await loadSample(operator, removal);
      // Where it stops while it waits for nodes, the error is of that.
      await expect(removeSample(stopping(operator, after).call, removal)).rejects.toThrow();
      await removeSample(operator, removal);
      expect(await count("ioc", "withdrawn_at IS NULL"), `stopped after ${after}`).toBe(shared.length);
      expect([await count("api_key"), await count("article"), await count("watchlist")]).toEqual([0, 0, 0]);
      expect(await count("sighting", "feed_id <> 'real'")).toBe(0);
    }
  });

  it("can be followed by another load, whose values come back under other STIX ids", async () => {
    await loadSample(operator, removal);
    await publish();
    await removeSample(operator, removal);
    await publish();
    await loadSample(operator, removal);
    await publish();
    expect(await count("ioc", "withdrawn_at IS NULL AND generation > 0")).toBeGreaterThan(50);
    expect(await count("publication", "frozen IS NULL")).toBe(await count("ioc", "withdrawn_at IS NULL"));
  });

  it("gives a value that a real feed reports later to that feed alone", async () => {
    await ingest(...shared);
    const alone = await asReal();
    await db.sql.query("TRUNCATE ioc, sighting, ioc_change");
    await loadSample(operator, removal);
    await removeSample(operator, removal);
    await ingest(...shared);
    await tidySample(ctx, removal);
    expect(await asReal()).toEqual(alone);
  });

  it("does nothing where nothing is loaded", async () => {
    const before = await count("audit_event");
    expect((await removeSample(operator, removal)).data).toEqual({ iocs: 0, withdrawn: 0, articles: 0, keys: 0 });
    expect(await count("audit_event")).toBe(before);
  });
});

/** The same call in a process that stops after so many statements of its own. */
function stopping(operatorCall: Call<Authorized<SessionCaller>>, after: number) {
  let done = 0;
  const step = () => {
    if (done >= after) throw new Error("stopped");
    done += 1;
  };
  const call: Call<Authorized<SessionCaller>> = {
    ...operatorCall,
    sql: {
      ...operatorCall.sql,
      query: async (text, values) => {
        // A lease that ends by itself stands for one that a killed process left.
        if (!text.includes("busy_until = NULL")) step();
        return db.sql.query<never>(text, values);
      },
      begin: async (work) => {
        step();
        return db.sql.begin(work);
      },
    },
  };
  return { call, steps: () => done };
}

/** After how many of so many statements to stop: amid the work and right before its end. */
function pointsOf(statements: number): number[] {
  return [Math.round(statements / 3), statements - 2];
}
