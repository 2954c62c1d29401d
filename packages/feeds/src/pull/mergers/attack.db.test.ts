import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { allTechniques, cacheAttack, describeAttack, fullNameOf, phasesOf } from "@tocsin/core/attack";
import type { Context } from "@tocsin/core/context";
import { extractArticle } from "@tocsin/core/extraction";
import { syncFeeds } from "@tocsin/core/runs";
import { testContext } from "@tocsin/core/testing";
import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { mitreAttack } from "../../sources/mitre-attack";
import { type TestServer, testLimits, testServer } from "../../testing/server";
import { runFeed } from "../run-feed";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-attack-"));
let db: Db;
let server: TestServer;
let ctx: Context;
beforeAll(async () => {
  [db, server] = await Promise.all([testDb(), testServer()]);
  ctx = testContext(db);
  await syncFeeds(ctx, [mitreAttack]);
});
beforeEach(async () => {
  await db.sql.query("DELETE FROM attack_edition");
  await db.sql.query("UPDATE feed SET etag = NULL, last_modified = NULL");
  await cacheAttack(db).refresh();
});
afterAll(async () => {
  await Promise.all([db.close(), server.close()]);
  fs.rmSync(root, { recursive: true });
});

const shipped = allTechniques().filter(({ id }) => !id.startsWith("T0"));
type Named = { id: string; name: string; tactics: readonly string[]; more?: object };

/** Enterprise as it is shipped, but for what is given. */
function bundle(some: readonly Named[], others: readonly object[] = [], modified = "2026-04-28T14:00:00.000Z"): string {
  const given = new Map([...shipped, ...some].map((one): [string, Named] => [one.id, one]));
  const patterns = [...given.values()].map(({ id, name, tactics, more = {} }) => ({
    ...{ type: "attack-pattern", id: `attack-pattern--${id}`, name, modified },
    external_references: [{ source_name: "mitre-attack", external_id: id }],
    kill_chain_phases: tactics.map((phase_name) => ({ kill_chain_name: "mitre-attack", phase_name })),
    ...more,
  }));
  return JSON.stringify({ type: "bundle", id: "bundle--1", objects: [...patterns, ...others] }, null, 1);
}
const renamed: Named = { id: "T1059", name: "Interpreters", tactics: ["execution", "impact"] };
const successor: Named = { id: "T1699", name: "Of Late", tactics: ["impact"] };
const revoked: Named = { id: "T1014", name: "Rootkit", tactics: [], more: { revoked: true } };
const group = {
  ...{ type: "intrusion-set", id: "intrusion-set--1", name: "Example Fox", aliases: ["Example Fox", "EXF-77"] },
  external_references: [{ source_name: "mitre-attack", external_id: "G9001" }],
};
const revocation = {
  ...{ type: "relationship", id: "relationship--1", relationship_type: "revoked-by" },
  ...{ source_ref: "attack-pattern--T1014", target_ref: "attack-pattern--T1699" },
};
const whole = bundle([renamed, successor, revoked], [group, revocation]);

const settings = {
  keys: {},
  spoolDir: path.join(root, "spool"),
  publicUrl: "https://tocsin.example",
  version: "0.1.0",
};
const pull = () => {
  const file = { name: "enterprise-attack.json", url: `${server.origin}/enterprise-attack.json` };
  const options = { node: "one", trigger: "manual", settings, limits: testLimits } as const;
  return runFeed(ctx, { ...mitreAttack, minSeconds: 0, files: [file] }, options);
};
const serve = (body: string, etag?: string) =>
  server.answer((request, response) => {
    if (etag && request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { "content-type": "text/plain", ...(etag ? { etag } : {}) }).end(body);
  });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const editions = () => db.sql.query("SELECT * FROM attack_edition ORDER BY matrix, applies_from");

it("brings names, tactics, former ids and groups, which another process reads", async () => {
  serve(whole);
  const report = await pull();
  expect(report).toMatchObject({ status: "ok", files: 1, good: shipped.length + 2, bad: 0, iocsNew: 0 });
  expect(fullNameOf("T1059.001")).toBe("Command and Scripting Interpreter: PowerShell");

  await cacheAttack(db).refresh();
  expect(fullNameOf("T1059.001")).toBe("Interpreters: PowerShell");
  expect(phasesOf(["T1059"])).toContainEqual({ matrix: "enterprise", tactic: "impact" });
  expect(describeAttack("T1014")).toEqual({ id: "T1014", name: "Of Late", tactics: ["Impact"] });
  expect(describeAttack("G9001").name).toBe("Example Fox");
  const article = {
    title: "EXF-77 returns",
    text: "A technique is new.\nT1699 was seen.",
    url: "https://news.example/1",
    publisherHosts: [],
  };
  expect(extractArticle(article)).toMatchObject({
    threatActors: [{ name: "Example Fox", attackId: "G9001" }],
    techniques: ["T1699"],
  });
});

it("changes nothing when it brings the same again, and asks whether there is more", async () => {
  serve(whole, '"one"');
  expect((await pull()).status).toBe("ok");
  const before = await editions();
  expect((await pull()).status).toBe("unchanged");
  serve(whole);
  expect((await pull()).status).toBe("ok");
  expect(await editions()).toEqual(before);
  expect(before).toHaveLength(1);
});

it("goes on asking whether there is more when the list of another feed would be read anew", async () => {
  serve(whole, '"one"');
  await pull();
  const back = "jsonb_set(etag::jsonb, '{enterprise-attack.json,readAt}', $1::jsonb)::text";
  await db.sql.query(`UPDATE feed SET etag = ${back}`, [JSON.stringify(daysAgo(29))]);
  expect((await pull()).status).toBe("unchanged");
  await db.sql.query(`UPDATE feed SET etag = ${back}`, [JSON.stringify(daysAgo(31))]);
  expect((await pull()).status).toBe("ok");
});

it.each([
  ["cut", whole.slice(0, -100), /cut/],
  [
    "shrunk",
    bundle([renamed])
      .replace(/"T1[0-9]{3}"/g, '"X1"')
      .replace(/"T1([0-9]{3})\.00[1-4]"/g, '"X2"'),
    /held back, nothing of it kept: \d+ techniques where at least 3\d\d/,
  ],
  ["older", bundle([], [], "2026-04-27T00:00:00.000Z"), /older than the one/],
  ["no bundle of ATT&CK", JSON.stringify({ type: "bundle", objects: [{ type: "indicator" }] }), /fits none/],
  ["a page", "<!doctype html><title>Sign in</title>", /web page/],
])("keeps what it has when a bundle is %s", async (_, body, problem) => {
  serve(whole);
  await pull();
  const before = await editions();
  serve(body);
  const report = await pull();
  expect(report).toMatchObject({ status: "failed", files: 0 });
  expect(report.error).toMatch(problem);
  expect(await editions()).toEqual(before);
  // It is asked for again in full.
  serve(whole);
  expect((await pull()).status).toBe("ok");
});
