import { syncFeeds } from "@tocsin/core/runs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inject } from "../testing/requests";
import { buildTestApp, type TestApp } from "../testing/test-app";

let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_FEEDS: "tor-bulk,openphish,cins" } });
});
afterAll(() => t.close());

it("counts a feed once: held back, failing or healthy, and names the pulls by their feeds", async () => {
  const { context } = t.deps;
  const feed = (id: string) => ({ id, name: `The feed ${id}`, category: "threat-feed" }) as const;
  await syncFeeds(context, [feed("tor-bulk"), feed("openphish"), feed("cins")]);
  await context.sql.query(
    `INSERT INTO feed_run (id, feed_id, trigger, node, status, started_at, finished_at)
     SELECT gen_random_uuid(), f.id, 'schedule', 'test', f.status, $1::timestamptz, $1::timestamptz
     FROM (VALUES ('tor-bulk', 'held'), ('openphish', 'failed'), ('cins', 'ok')) AS f (id, status)`,
    [context.now().toISOString()],
  );
  await context.sql.query(
    `UPDATE feed SET held_since = now(), held_run = (SELECT id FROM feed_run WHERE feed_id = 'tor-bulk'), failures = 1
     WHERE id = 'tor-bulk'`,
  );
  await context.sql.query("UPDATE feed SET failures = 2 WHERE id = 'openphish'");

  const response = await inject(t, { method: "GET", url: "/api/trpc/overview.get" }, { cookie: t.stranger.cookie });
  const overview = response.json().result.data;
  expect(overview.feeds).toMatchObject({ ok: 1, held: 1, failing: 1, never: 0 });
  const names = overview.latest_runs.map((run: { feed_name: string }) => run.feed_name);
  expect(names.toSorted()).toEqual(["CINS Army list", "OpenPhish community feed", "Tor bulk exit list"]);
});
