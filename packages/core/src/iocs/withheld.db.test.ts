import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authenticated, tiers } from "../access";
import { type Context, noOrigin } from "../context";
import { syncFeeds } from "../runs";
import { testContext } from "../testing";
import { testWorkspace } from "../workspaces/testing";
import { ingestIocs } from "./ingest-iocs";
import { listIocs, type Reader } from "./list-iocs";
import { openExport } from "./open-export";
import { searchIocs } from "./search-iocs";
import { listIocsInput } from "./shape";
import { listSourceDays, streamByFirstSeen } from "./source-days";

const now = new Date("2026-11-21T12:00:00.000Z");
const feed = (id: string, redistribution: "yes" | "no") =>
  ({ id, name: id, category: "threat-feed", confidence: "medium", tlp: "clear", licence: { redistribution } }) as const;
const open = feed("open", "yes");
const closed = feed("closed", "no");

let db: Db;
let ctx: Context;
beforeAll(async () => {
  db = await testDb();
  ctx = testContext(db, { now: () => now });
  await syncFeeds(ctx, [open, closed]);
  const ingest = (from: typeof open | typeof closed, ...values: string[]) =>
    ingestIocs(ctx, { feed: from, observations: values.map((value) => ({ value })), pulledAt: now });
  await ingest(closed, "closed.example", "both.example");
  await ingest(open, "open.example", "both.example");
});
afterAll(() => db.close());

const readerOf = (withholdsRestricted: boolean): Reader => {
  const tier = tiers.pro;
  const key = {
    kind: "key",
    keyId: "k",
    keyName: "k",
    workspaceId: "00000000-0000-4000-8000-000000000002",
    tier,
    scopes: tier.scopes,
  } as const;
  return { ...ctx, instance: { ...ctx.instance, withholdsRestricted }, caller: authenticated(key), origin: noOrigin };
};
const list = async (reader: Reader) =>
  (await listIocs(reader, listIocsInput.parse({}))).data.map(({ value }) => value).sort();
const all = ["both.example", "closed.example", "open.example"];

it("keys get everything, unless the instance keeps back what no source allows to pass on", async () => {
  expect(await list(readerOf(false))).toEqual(all);
  expect(await list(readerOf(true))).toEqual(["both.example", "open.example"]);
  expect((await openExport(readerOf(true), listIocsInput.parse({}))).count).toBe(2);
  expect((await openExport(readerOf(false), listIocsInput.parse({}))).count).toBe(3);
});

it("the MISP feed has no more of them", async () => {
  const counts = async (reader: Reader) =>
    (await listSourceDays(reader, new Date(0))).map(({ feedId, count }) => [feedId, count]);
  expect(await counts(readerOf(false))).toEqual([
    ["closed", 2],
    ["open", 1],
  ]);
  expect(await counts(readerOf(true))).toEqual([
    ["closed", 1],
    ["open", 1],
  ]);
  const values: string[] = [];
  for await (const page of streamByFirstSeen(readerOf(true), new Date(0), null))
    values.push(...page.map(({ value }) => value));
  expect(values.sort()).toEqual(["both.example", "open.example"]);
});

it("people and searches see all", async () => {
  const person = await testWorkspace(readerOf(true));
  expect(await list(person)).toEqual(all);
  expect((await searchIocs(readerOf(true), { q: "closed.example", include_related: false })).data.found).toBe(true);
});
