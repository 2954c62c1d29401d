import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Context } from "@tocsin/core/context";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeEach } from "vitest";
import type { FeedSettings } from "../definition/feed";
import { type TestServer, testServer } from "./server";

/** A database, a server and a folder for the tests of one file; before each of them the feed `plain` alone is known. */
export async function openPulls(
  name: string,
  context: Partial<Context> = {},
): Promise<{ db: Db; ctx: Context; server: TestServer; settings: FeedSettings }> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), `tocsin-${name}-`));
  const [db, server] = await Promise.all([testDb(), testServer()]);
  const ctx = testContext(db, context);
  afterAll(async () => {
    await Promise.all([db.close(), server.close()]);
    fs.rmSync(root, { recursive: true });
  });
  beforeEach(async () => {
    await db.sql.query("TRUNCATE feed, feed_run, own_feed, ioc, sighting, sighting_record, ioc_change CASCADE");
    await syncFeeds(ctx, [{ id: "plain", name: "Plain list", category: "threat-feed" }]);
  });
  const settings = { keys: {}, spoolDir: path.join(root, "spool"), publicUrl: "https://tocsin.example", version: "0" };
  return { db, ctx, server, settings };
}
