import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Context } from "@tocsin/core/context";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FeedDefinition } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { githubTree } from "../parse/github-tree";
import { testFeed } from "../testing/feed";
import { type TestServer, testLimits, testServer } from "../testing/server";
import { runFeed } from "./run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-index-"));
let db: Db;
let ctx: Context;
let server: TestServer;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db);
  await syncFeeds(ctx, [{ id: "plain", name: "Plain list", category: "threat-feed" }]);
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});

const settings = {
  keys: {},
  spoolDir: path.join(root, "spool"),
  publicUrl: "https://tocsin.example",
  version: "0.1.0",
};
const pull = (feed: FeedDefinition) =>
  runFeed(ctx, feed, { node: "one", trigger: "manual", settings, limits: testLimits });
const addresses = (count: number, net: number) =>
  Array.from({ length: count }, (_, i) => `45.${net}.0.${i}\n`).join("");

it("what an answer names as its next page is asked for with the same key, as long as there is one", async () => {
  const headers = { "X-Key": "{key}" };
  const page = (n: number) => ({ name: `page-${n}.txt`, url: `${server.origin}/page-${n}.txt`, headers });
  const paged: Layout = {
    name: "paged",
    fits: () => true,
    read: async function* (chunks, state) {
      let text = "";
      for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      const [value = "", next = ""] = text.trim().split(" ");
      if (next !== "") state.more = [page(Number(next))];
      yield [{ line: 1, observations: [{ value }], text }];
    },
  };
  const asked: string[] = [];
  server.answer((request, response) => {
    const n = Number(/\d+/.exec(request.url ?? "")?.[0]);
    asked.push(`${n} ${request.headers["x-key"]}`);
    response.end(`45.40.0.${n}${n < 3 ? ` ${n + 1}` : ""}\n`);
  });
  const feed = testFeed([page(1)], { layouts: [paged], needsKey: "TOCSIN_OTX_KEY" });
  const options = { node: "one", trigger: "manual", limits: testLimits } as const;
  const report = await runFeed(ctx, feed, {
    ...options,
    settings: { ...settings, keys: { TOCSIN_OTX_KEY: "s3cret" } },
  });
  expect(report).toMatchObject({ status: "ok", files: 3, good: 3 });
  expect(asked).toEqual(["1 s3cret", "2 s3cret", "3 s3cret"]);
});

describe("a feed with an index", () => {
  const index: Layout = {
    name: "index",
    fits: (head) => head.startsWith("index"),
    read: async function* (chunks, state) {
      let text = "";
      for await (const chunk of chunks) text += Buffer.from(chunk).toString();
      const names = text.trim().split("\n").slice(1);
      state.lines = names.length + 1;
      state.more = names.map((name) => ({ name, url: `${server.origin}/${name}` }));
      yield [];
    },
  };

  it("pulls the files that it names once each, and asks for it again when one did not come", async () => {
    const feed = testFeed([{ name: "index.txt", url: `${server.origin}/index.txt` }]);
    const indexed = { ...feed, layouts: [index, ...feed.layouts] };
    const bodies: Readonly<Record<string, string>> = {
      "index.txt": "index\na.txt\nb.txt\na.txt\nindex.txt\n",
      "a.txt": addresses(2, 11),
      "b.txt": addresses(2, 12),
    };
    const asked: string[] = [];
    let broken = true;
    server.answer((request, response) => {
      const name = (request.url ?? "").slice(1);
      asked.push(`${name} ${request.headers["if-none-match"] ?? ""}`.trim());
      if (name === "b.txt" && broken) return response.writeHead(404).end();
      return response.writeHead(200, { etag: `"${name}"` }).end(bodies[name]);
    });
    expect(await pull(indexed)).toMatchObject({ status: "partial", files: 2, good: 2 });
    expect(asked).toEqual(["index.txt", "a.txt", "b.txt"]);
    asked.length = 0;
    broken = false;
    expect(await pull(indexed)).toMatchObject({ status: "ok", good: 4 });
    expect(asked).toEqual(["index.txt", 'a.txt "a.txt"', "b.txt"]);
  });
});

it("a repository is read by its tree: a bounded number of files a pull, from the first day on, none twice", async () => {
  const feed = testFeed([{ name: "tree.json", url: `${server.origin}/tree` }], {
    nature: "archive",
    undated: "2018-01-01",
  });
  const tree = githubTree(`${server.origin}/raw/`, /\.txt$/);
  const repository = { ...feed, layouts: [tree, ...feed.layouts] };
  const year = new Date().getUTCFullYear();
  const fresh = Array.from({ length: 170 }, (_, n) => `${year}/${String(n).padStart(3, "0")}.txt`);
  const versions = new Map([...fresh, "2014/old.txt", "undated.txt"].map((name) => [name, "1"]));
  const asked: string[] = [];
  server.answer((request, response) => {
    const url = decodeURIComponent(request.url ?? "");
    if (url !== "/tree") {
      asked.push(url.replace("/raw/", ""));
      return response.end(`45.50.0.${asked.length % 250}\n`);
    }
    const blobs = [...versions].map(([path, sha]) => ({ path, type: "blob", sha }));
    return response.end(JSON.stringify({ tree: blobs }));
  });
  const first = await pull(repository);
  expect(first.warnings).toContainEqual(expect.stringMatching(/^21 more files of the repository/));
  expect(asked.length).toBe(150);
  await pull(repository);
  expect([asked.length, asked.includes("undated.txt"), asked.includes("2014/old.txt")]).toEqual([171, true, false]);
  expect(new Set(asked).size).toBe(171);
  versions.set("undated.txt", "2");
  asked.length = 0;
  expect(await pull(repository)).toMatchObject({ status: "ok" });
  expect(asked).toEqual(["undated.txt"]);
});
