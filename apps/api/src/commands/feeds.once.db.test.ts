import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { authenticated } from "@tocsin/core/access";
import { noOrigin } from "@tocsin/core/context";
import { addOwnFeed, addOwnFeedInput } from "@tocsin/core/own-feeds";
import { syncFeeds } from "@tocsin/core/runs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildTestApp, type TestApp } from "../testing/test-app";
import { runCommand } from "./run-command";

const mirror = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-mirror-"));
let t: TestApp;
beforeAll(async () => {
  t = await buildTestApp({ env: { TOCSIN_FEEDS: "tor-bulk", TOCSIN_FEED_MIRROR: mirror } });
  t.deps.feedSettings.mirror = mirror;
});
afterAll(async () => {
  await t.close();
  fs.rmSync(mirror, { recursive: true });
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const write = (to: string[]) => (text: string) => to.push(text);
  const terminal = { tty: false, columns: 80, out: write(out), err: write(err) };
  const code = await runCommand(t.deps, args, terminal);
  return { code, out: out.join(""), err: err.join("") };
}

it("ingest and feeds know the feeds of operators, read from the mirror where it has their folder", async () => {
  const { context } = t.deps;
  await syncFeeds(context, [{ id: "tor-bulk", name: "Tor bulk exit list", category: "threat-feed" }]);
  const operator = { ...context, caller: authenticated({ kind: "system", name: "test" }), origin: noOrigin } as const;
  const input = addOwnFeedInput.parse({ name: "Mine", url: "https://feed.example/list.txt", format: "plain" });
  await addOwnFeed(operator, input, { privateFeeds: false });
  fs.mkdirSync(path.join(mirror, "own-mine"));
  fs.writeFileSync(path.join(mirror, "own-mine", "any.txt"), "45.60.1.1\nevil.example\n");

  const pulled = await run("ingest", "own-mine", "--json");
  expect(pulled.code).toBe(0);
  expect(JSON.parse(pulled.out)).toMatchObject({ data: [{ feedId: "own-mine", status: "ok", good: 2 }] });
  await context.sql.query(
    "UPDATE feed SET failures = 5, next_due_at = now() + interval '1 hour' WHERE id = 'tor-bulk'",
  );
  const listed = await run("feeds");
  expect(listed.out).toMatch(/^own-mine +on +ok +2 +\d{4}-/m);
  expect(listed.out).toMatch(/^tor-bulk +on +open +never +0 +never +\d{4}-/m);
  expect((await run("ingest", "own-none")).err).toContain("own-mine");
});
