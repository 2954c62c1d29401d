import type { Db } from "@tocsin/db";
import { testDb } from "@tocsin/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tiers } from "../access";
import { testContext } from "../testing";
import { decideFilters } from "./filter";
import { ingestIocs } from "./ingest-iocs";
import type { FeedFacts } from "./record";
import { allFields } from "./record-text";
import { selectRecords } from "./select-iocs";
import { decideSelection } from "./selection";
import { listIocsInput } from "./shape";
import { streamPages } from "./stream-iocs";

const feed: FeedFacts = { id: "alpha", name: "Alpha", category: "threat-feed", confidence: "medium", tlp: "clear" };
const now = new Date("2026-11-21T12:00:00.000Z");
let db: Db;
beforeAll(async () => {
  db = await testDb();
  const observations = Array.from({ length: 2_500 }, (_, n) => ({ value: `host-${n}.example`, context: `note ${n}` }));
  await ingestIocs(testContext(db, { now: () => now }), { feed, observations, pulledAt: now });
});
afterAll(() => db.close());

const valuesOf = async () => {
  const values: string[] = [];
  const decided = decideFilters(listIocsInput.parse({}), tiers.pro, now);
  if (!decided.ok) throw new Error(decided.problem.problem);
  const selection = await decideSelection({ sql: db.sql, now: () => now }, decided.filters);
  const reading = { selection, after: null, offset: 0, limit: null };
  for await (const page of streamPages({ sql: db.sql }, reading, ["value", "context"])) {
    for (const { value, context } of page) values.push(`${value}: ${context}`);
  }
  return values.sort();
};
const expected = Array.from({ length: 2_500 }, (_, n) => `host-${n}.example: note ${n}`).sort();

it("reads every record once, page by page", async () => {
  expect(await valuesOf()).toEqual(expected);
});

// No transport lets one in; a restored dump or a hand in the database may.
it.each(["\u001f", "\u001f\u001f", "\u001f".repeat(23)])("reads what holds %j without it", async (separator) => {
  await db.sql.query("UPDATE ioc SET context = 'note' || $1::text || ' ' || split_part(value, '-', 2)", [separator]);
  await db.sql.query("UPDATE ioc SET context = replace(context, '.example', '')");
  expect(await valuesOf()).toEqual(expected);
  const [one] = await selectRecords({ sql: db.sql }, "FROM ioc WHERE value = 'host-7.example'", []);
  expect(one).toMatchObject({ context: "note 7", tags: [], validUntil: expect.any(Date), article: null });
});

it("reads only what it is asked for", async () => {
  const [one] = await selectRecords(
    { sql: db.sql },
    "FROM ioc WHERE value = 'host-7.example'",
    [],
    ["value", "feedName"],
  );
  expect(one).toEqual({ value: "host-7.example", feedName: "alpha" });
});

it("reads whole records as it reads them field by field", async () => {
  await db.sql.query(
    "UPDATE ioc SET malware_family = 'Loader', warnings = '{a,b}', generation = 2, withdrawn_at = now()",
  );
  const query = "FROM ioc ORDER BY value LIMIT 3";
  expect(await selectRecords({ sql: db.sql }, query, [], [...allFields].reverse())).toEqual(
    await selectRecords({ sql: db.sql }, query, []),
  );
});
