import { setTimeout as sleep } from "node:timers/promises";
import { builtCli } from "../src/e2e/server";
import { benchFeeds, fillLists, sampleOf } from "./list-rows";
import { load } from "./load";
import { startOwnServer } from "./own-server";
const rows = 20000, now = Date.now();
const own = await startOwnServer("prof", "postgres://postgres@127.0.0.1:5432/postgres", { env: { TOCSIN_WORKER: "off" }, cli: builtCli, flags: ["--cpu-prof", "--cpu-prof-dir=/tmp/prof"] });
try {
  await own.query(`UPDATE workspace SET overrides = '${JSON.stringify({ requestsPerMinute: 1e9, requestsPerDay: 1e9 })}', tier = 'pro'`);
  await sleep(5000);
  for (const feed of benchFeeds) await own.query(`INSERT INTO feed (id, name, category) VALUES ('${feed}', 'Bench ${feed}', 'threat-feed')`);
  await fillLists(own.database, rows, now);
  await own.query("VACUUM ANALYZE ioc"); await own.query("VACUUM ANALYZE sighting");
  const authorization = `Bearer ${await own.createKey()}`;
  const what = process.argv[2];
  const path = (n: number) => what === "list" ? "/api/v1/iocs?limit=10" : what === "guarded" ? "/taxii2/" : `/api/v1/lookup?ioc=${encodeURIComponent(sampleOf((n * 7919) % rows).value)}`;
  console.log(await load(own.server.url, own.server.process.pid ?? 0, path, { seconds: 6, headers: { authorization } }));
} finally { await own.remove(); }
