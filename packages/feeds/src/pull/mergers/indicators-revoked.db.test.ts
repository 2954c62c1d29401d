import { ingestIocs } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import type { Layout } from "../../definition/layout";
import { mispLayout } from "../../parse/misp";
import { stixLayout } from "../../parse/stix";
import { certPlWarning } from "../../sources/cert-pl-warning";
import { testFeed } from "../../testing/feed";
import { openPulls } from "../../testing/pulls";
import { testLimits } from "../../testing/server";
import { runFeed } from "../run-feed";

const { db, ctx, server, settings } = await openPulls("retract");

/** Pulls a feed whose files hold this. */
function pull(files: Record<string, unknown>, layouts: readonly Layout[] = [stixLayout(), mispLayout()]) {
  server.answer((request, response) => response.end(JSON.stringify(files[(request.url ?? "/").slice(1)])));
  const feed = testFeed(
    Object.keys(files).map((name) => ({ name, url: `${server.origin}/${name}` })),
    { layouts },
  );
  return runFeed(ctx, feed, { node: "one", trigger: "manual", settings, limits: testLimits });
}

const everything = async () => ({
  iocs: await db.sql.query<{ value: string; withdrawn_at: Date | null; generation: number }>(
    "SELECT * FROM ioc ORDER BY value",
  ),
  sightings: await db.sql.query("SELECT * FROM sighting ORDER BY ioc_id, feed_id"),
  records: await db.sql.query("SELECT * FROM sighting_record ORDER BY record, ioc_id"),
});
const standing = async () =>
  (await everything()).iocs.filter((row) => row.withdrawn_at === null).map(({ value }) => value);

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const indicator = (n: number, value: string, more = {}) => ({
  type: "indicator",
  id: `indicator--${uuid(n)}`,
  pattern: `[domain-name:value = '${value}']`,
  pattern_type: "stix",
  valid_from: "2026-11-01T00:00:00Z",
  ...more,
});
const bundle = (...objects: unknown[]) => ({ type: "bundle", id: `bundle--${uuid(0)}`, objects });
const attribute = (n: number, value: string, more = {}) => ({
  uuid: uuid(n),
  type: "domain",
  category: "Network activity",
  value,
  to_ids: true,
  timestamp: "1790000000",
  ...more,
});
const event = (...Attribute: unknown[]) => ({ Event: { uuid: uuid(0), info: "Event", Attribute } });

describe("a bundle of STIX", () => {
  it("ends by a revocation what an earlier one listed, unless another source stands for it", async () => {
    await pull({ "a.json": bundle(indicator(1, "a.example"), indicator(2, "b.example"), indicator(3, "c.example")) });
    const other = { id: "other", name: "Other", category: "threat-feed", confidence: "low", tlp: "clear" } as const;
    await ingestIocs(ctx, { feed: other, observations: [{ value: "b.example" }], pulledAt: ctx.now() });
    const gone = { revoked: true };
    const revoked = bundle(indicator(1, "a.example", gone), indicator(2, "b.example", gone), indicator(3, "c.example"));
    expect((await pull({ "a.json": revoked })).warnings).toEqual([
      "2 indicators that their source revoked were passed over",
      "2 values have ended, since their source took back what it said of them",
    ]);
    expect(await standing()).toEqual(["b.example", "c.example"]);

    const before = await everything();
    expect(await pull({ "a.json": { ...revoked, spec_version: "2.0" } })).toMatchObject({
      status: "ok",
      iocsChanged: 0,
    });
    expect(await everything()).toEqual(before);
  });

  it("that holds an indicator and its revocation takes it for revoked, at every pull", async () => {
    const both = bundle(
      indicator(1, "a.example"),
      indicator(1, "a.example", { revoked: true }),
      indicator(2, "b.example"),
    );
    await pull({ "a.json": both });
    expect((await everything()).iocs.map(({ value }) => value)).toEqual(["b.example"]);
  });

  it("revokes nothing that it never listed", async () => {
    await pull({ "a.json": bundle(indicator(1, "a.example")) });
    const before = await everything();
    // The same value, but the word of another indicator.
    await pull({ "a.json": bundle(indicator(1, "a.example"), indicator(9, "a.example", { revoked: true })) });
    expect(await everything()).toEqual(before);
  });
});

it("a name that CERT Polska has deleted ends", async () => {
  const entry = (id: number, name: string, deleted: string | null) => ({
    RegisterPositionId: id,
    DomainAddress: name,
    InsertDate: "2026-04-29T10:00:00",
    DeleteDate: deleted,
  });
  const layouts = certPlWarning.layouts;
  await pull({ "domains.json": [entry(1, "a.example", null), entry(2, "b.example", null)] }, layouts);
  await pull({ "domains.json": [entry(1, "a.example", "2026-04-30T10:00:00"), entry(2, "b.example", null)] }, layouts);
  expect(await standing()).toEqual(["b.example"]);
});

describe("an event of MISP", () => {
  it.each([
    ["deleted", event(attribute(1, "a.example", { deleted: true }), attribute(2, "b.example"))],
    ["no longer for detection", event(attribute(1, "a.example", { to_ids: false }), attribute(2, "b.example"))],
    [
      "in an object that is deleted",
      {
        Event: {
          info: "Event",
          Attribute: [attribute(2, "b.example")],
          Object: [{ deleted: true, Attribute: [attribute(1, "a.example")] }],
        },
      },
    ],
  ])("ends an attribute that is %s, and brings it back when it is listed again", async (_, later) => {
    const all = event(attribute(1, "a.example"), attribute(2, "b.example"));
    await pull({ "e.json": all });
    expect((await pull({ "e.json": later })).warnings).toEqual([
      "1 values have ended, since their source took back what it said of them",
    ]);
    expect(await standing()).toEqual(["b.example"]);
    await pull({ "e.json": all });
    expect((await everything()).iocs).toMatchObject([{ withdrawn_at: null, generation: 1 }, { generation: 0 }]);
  });

  it("ends nothing that another event lists still, read or not", async () => {
    const first = event(attribute(1, "a.example"));
    await pull({ "e.json": first, "f.json": event(attribute(2, "a.example")) });
    const gone = { "f.json": event(attribute(2, "a.example", { deleted: true })) };
    await pull(gone);
    expect(await standing()).toEqual(["a.example"]);
    await pull({ "e.json": event(attribute(1, "a.example", { deleted: true })), ...gone });
    expect(await standing()).toEqual([]);
  });
});
