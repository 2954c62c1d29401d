import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Context } from "@tocsin/core/context";
import { ageIocs } from "@tocsin/core/iocs";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testFeed } from "../testing/feed";
import { type TestServer, testLimits, testServer } from "../testing/server";
import { runFeed } from "./run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-ageing-"));
const day = 86_400_000;

let db: Db;
let ctx: Context;
let server: TestServer;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db, { now: () => new Date() });
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});
beforeEach(async () => {
  await db.sql.query("TRUNCATE feed, feed_run, ioc, sighting, ioc_change CASCADE");
  await syncFeeds(ctx, [{ id: "plain", name: "Plain list", category: "threat-feed" }]);
});

const feed = () =>
  testFeed([{ name: "list.txt", url: `${server.origin}/list.txt` }], { lifetimeDays: { ipv4: 7, domain: 10 } });
const settings = { keys: {}, spoolDir: path.join(root, "spool"), publicUrl: "https://tocsin.example", version: "0" };
const pull = (mirror?: string) =>
  runFeed(ctx, feed(), { node: "one", trigger: "manual", settings: { ...settings, mirror }, limits: testLimits });
const age = () => ageIocs(ctx);

/** All that is stored, and what is known of the feed, becomes older. */
async function pass(days: number): Promise<void> {
  const older = (names: string[]) =>
    names.map((name) => `${name} = ${name} - interval '${days * 24} hours'`).join(", ");
  await db.sql.query(
    `UPDATE ioc SET ${older(["first_seen", "last_seen", "created_at", "updated_at", "valid_until", "stale_at", "withdrawn_at"])}`,
  );
  await db.sql.query(`UPDATE sighting SET ${older(["first_seen", "last_seen", "valid_until"])}`);
  await db.sql.query(`UPDATE feed_run SET ${older(["started_at", "finished_at"])}`);
  await db.sql.query(`UPDATE feed SET ${older(["last_success_at", "next_due_at"])}`);
  const [row] = await db.sql.query<{ etag: string | null }>("SELECT etag FROM feed");
  const validators = JSON.parse(row?.etag ?? "{}") as Record<string, { readAt: string }>;
  for (const one of Object.values(validators)) {
    one.readAt = new Date(Date.parse(one.readAt) - days * day).toISOString();
  }
  await db.sql.query("UPDATE feed SET etag = $1", [JSON.stringify(validators)]);
}

const stored = () =>
  db.sql.query<{ value: string; withdrawn: boolean; generation: number; left: number }>(
    `SELECT value, withdrawn_at IS NOT NULL AS withdrawn, generation,
       extract(epoch FROM valid_until - now())::float8 / 86400 AS left FROM ioc ORDER BY value`,
  );

/** A server that answers 304 to whoever has the body. */
function serve(body: string): void {
  const etag = `"${body.length}"`;
  server.answer((request, response) => {
    const known = request.headers["if-none-match"] === etag;
    response.writeHead(known ? 304 : 200, { ETag: etag }).end(known ? undefined : body);
  });
}

describe("a list that does not change", () => {
  it("stays valid for as long as it is listed, whatever the server answers", async () => {
    serve("198.51.100.7\nevil.example\n");
    await pull();
    let unchanged = 0;
    for (let hours = 6; hours <= 24 * 30; hours += 6) {
      await pass(0.25);
      const { status } = await pull();
      if (status === "unchanged") unchanged++;
      expect(await age()).toMatchObject({ withdrawn: 0 });
    }
    expect(unchanged).toBeGreaterThan(50);
    for (const row of await stored()) {
      expect(row).toMatchObject({ withdrawn: false, generation: 0 });
      expect(row.left).toBeGreaterThan(4);
    }
  });

  it("stays valid in a mirror while its file lies there, untouched or copied anew", async () => {
    const mirror = path.join(root, "mirror");
    const file = path.join(mirror, "plain", "list.txt");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    for (const copiedAnew of [false, true]) {
      await db.sql.query("TRUNCATE ioc, sighting");
      await db.sql.query("UPDATE feed SET etag = NULL, last_modified = NULL");
      fs.writeFileSync(file, "198.51.100.7\n");
      expect(await pull(mirror)).toMatchObject({ status: "ok", iocsNew: 1 });
      expect(await pull(mirror)).toMatchObject({ status: "unchanged" });
      for (let days = 0; days < 20; days++) {
        await pass(1);
        if (copiedAnew) fs.writeFileSync(file, "198.51.100.7\n");
        expect(await pull(mirror)).toMatchObject({ status: "ok", iocsNew: 0 });
        expect(await age()).toMatchObject({ withdrawn: 0 });
      }
      fs.writeFileSync(file, "198.51.100.8\n");
      await pull(mirror);
      await pass(8);
      await pull(mirror);
      await age();
      expect(await stored()).toMatchObject([
        { value: "198.51.100.7", withdrawn: true },
        { value: "198.51.100.8", withdrawn: false },
      ]);
    }
  });
});

describe("a value that is listed no more", () => {
  it("leaves when its lifetime is over, and not before; when it returns it is another generation", async () => {
    serve("198.51.100.7\n198.51.100.8\nevil.example\n");
    await pull();
    serve("198.51.100.8\n");
    for (let days = 1; days <= 6; days++) {
      await pass(1);
      await pull();
      expect(await age()).toMatchObject({ withdrawn: 0 });
    }
    await pass(1.1);
    await pull();
    expect(await age()).toMatchObject({ withdrawn: 1 });
    await pass(3);
    await pull();
    expect(await age()).toMatchObject({ withdrawn: 1 });
    expect(await stored()).toMatchObject([
      { value: "198.51.100.7", withdrawn: true },
      { value: "198.51.100.8", withdrawn: false, generation: 0 },
      { value: "evil.example", withdrawn: true },
    ]);
    serve("198.51.100.7\n198.51.100.8\n");
    expect(await pull()).toMatchObject({ iocsNew: 0 });
    expect(await stored()).toMatchObject([
      { value: "198.51.100.7", withdrawn: false, generation: 1 },
      { value: "198.51.100.8", withdrawn: false, generation: 0 },
      { value: "evil.example", withdrawn: true },
    ]);
  });

  it.each([
    ["fails", (): void => server.answer((_request, response) => response.writeHead(500).end())],
    ["comes back short", (): void => serve("198.51.100.8\n")],
    ["comes back empty", (): void => serve("# none today\n")],
  ])("does not leave because a pull %s", async (_, trouble) => {
    serve("198.51.100.7\n198.51.100.8\n");
    await pull();
    await pass(5);
    trouble();
    await pull();
    await pass(1);
    await pull();
    expect(await age()).toMatchObject({ withdrawn: 0 });
    serve("198.51.100.7\n198.51.100.8\n");
    await pull();
    await pass(5);
    await pull();
    expect(await age()).toMatchObject({ withdrawn: 0 });
    expect((await stored()).map(({ generation }) => generation)).toEqual([0, 0]);
  });

  it("does not leave while nobody can reach the vendor, nor while this instance is off", async () => {
    serve("198.51.100.7\n");
    await pull();
    await pass(12);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    server.answer((_request, response) => response.writeHead(500).end());
    await pull();
    await pass(12);
    expect(await age()).toMatchObject({ withdrawn: 0 });
    serve("198.51.100.7\n");
    await pull();
    await age();
    expect(await stored()).toMatchObject([{ withdrawn: false, generation: 0 }]);
  });
});
