import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Context } from "@tocsin/core/context";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import { cacheWarninglists } from "@tocsin/core/warninglists";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mispWarninglists } from "../../sources/misp-warninglists";
import { testFeed } from "../../testing/feed";
import { type TestServer, testLimits, testServer } from "../../testing/server";
import { runFeed } from "../run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-warninglists-"));
let db: Db;
let server: TestServer;
let ctx: Context;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db);
  const plain = { id: "plain", name: "Plain list", category: "threat-feed" } as const;
  await syncFeeds(ctx, [mispWarninglists, plain]);
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});

const list = (name: string, some: object) =>
  JSON.stringify({ name, description: name, version: 1, matching_attributes: ["ip-src", "hostname", "url"], ...some });

it("a feed brings lists, which mark what other feeds report from then on", async () => {
  const bodies: Record<string, string> = {
    "/sinkholes.json": list("List of known sinkholes", { type: "cidr", list: ["192.0.2.9", "nonsense"] }),
    "/patterns.json": list("Patterns", { type: "regex", list: ["(a+)+$"] }),
    "/page.json": "<!doctype html><title>Sign in</title>",
    "/list.txt": "192.0.2.9\n192.0.2.10\n",
  };
  server.answer((request, response) => response.writeHead(200).end(bodies[request.url ?? ""] ?? ""));
  const file = (name: string) => ({ name, url: `${server.origin}/${name}` });
  const settings = {
    keys: {},
    spoolDir: path.join(root, "spool"),
    publicUrl: "https://tocsin.example",
    version: "0.1.0",
  };
  const options = { node: "one", trigger: "manual", settings, limits: testLimits } as const;
  const lists = cacheWarninglists(db);
  const node = { ...ctx, warninglists: lists };

  const feed = {
    ...mispWarninglists,
    minSeconds: 0,
    files: [file("sinkholes.json"), file("patterns.json"), file("page.json")] as const,
  };
  const report = await runFeed(node, { ...feed, files: [...feed.files] }, options);
  expect(report).toMatchObject({ status: "partial", files: 1, good: 1, bad: 1 });
  expect(report.error).toContain("patterns.json: a list of regular expressions");
  expect(report.error).toContain("page.json: the body is a web page");
  expect(report.badLines).toMatchObject([{ file: "sinkholes.json", line: 2, text: "nonsense" }]);

  await lists.refresh();
  await runFeed(node, testFeed([file("list.txt")]), options);
  const rows = await db.sql.query("SELECT value, warnings FROM ioc ORDER BY value");
  expect(rows).toEqual([
    { value: "192.0.2.10", warnings: [] },
    { value: "192.0.2.9", warnings: ["Sinkholes"] },
  ]);
});
