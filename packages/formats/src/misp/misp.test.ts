import { createHash } from "node:crypto";
import type { IocRecord, SourceDay } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { mispAttribute } from "./attribute";
import { openEvent } from "./event";
import { mispFeedEvent, mispFeedEvents, mispFeedHashes, mispFeedManifest } from "./feed";
import { misp } from "./misp";

const uuid = z.uuid({ version: "v5" });
const seconds = z.string().regex(/^[0-9]+$/);
const tag = z.strictObject({ name: z.string().min(1).max(255), colour: z.string().regex(/^#[0-9A-F]{6}$/) });
const org = z.strictObject({ name: z.string(), uuid });
/** Pairs of type and category that describeTypes allows, as far as they occur. */
const pairs: Record<string, string> = {
  "ip-src": "Network activity",
  domain: "Network activity",
  url: "Network activity",
  md5: "Payload delivery",
  sha1: "Payload delivery",
  sha256: "Payload delivery",
  sha512: "Payload delivery",
  "email-src": "Payload delivery",
  vulnerability: "External analysis",
};
const attribute = z
  .strictObject({
    uuid,
    type: z.string(),
    category: z.string(),
    value: z.string().min(1),
    to_ids: z.boolean(),
    distribution: z.literal("5"),
    timestamp: seconds,
    comment: z.string(),
    deleted: z.literal(false),
    disable_correlation: z.literal(false),
    first_seen: z.iso.datetime(),
    last_seen: z.iso.datetime(),
    Tag: z.array(tag),
  })
  .refine(({ type, category }) => pairs[type] === category)
  .refine(({ first_seen, last_seen }) => first_seen <= last_seen);
const head = {
  info: z.string().min(1).max(256),
  date: z.iso.date(),
  timestamp: seconds,
  threat_level_id: z.enum(["1", "2", "3", "4"]),
  analysis: z.enum(["0", "1", "2"]),
  Orgc: org,
  Tag: z.array(tag),
};
const eventShape = z.strictObject({
  Event: z.strictObject({
    ...head,
    uuid,
    publish_timestamp: seconds,
    published: z.boolean(),
    distribution: z.enum(["0", "1", "2", "3", "4"]),
    Attribute: z.array(attribute),
  }),
});
const manifestShape = z.record(uuid, z.strictObject(head));

const kept = records.filter(({ type }) => type !== "mitre_attack");

describe("an event", () => {
  it("has the core format's shape, and an attribute for all but ATT&CK ids", async () => {
    const { Event } = eventShape.parse(JSON.parse(await textOf(misp, pages(), about)));
    expect(Event.Attribute.map(({ value }) => value)).toEqual(kept.map(({ value }) => value));
    expect(new Set(Event.Attribute.map(({ uuid }) => uuid)).size).toBe(kept.length);
    expect(Event.Attribute.filter(({ to_ids }) => !to_ids).map(({ type }) => type)).toEqual(["vulnerability"]);
    expect(Event.Tag.map(({ name }) => name)).toEqual(["tlp:amber+strict"]);
  });

  it("has one label of the TLP for each attribute, whatever its source tags", () => {
    const [ioc] = kept;
    if (!ioc) throw new Error("no record");
    const { Tag } = attribute.parse(
      mispAttribute({ ...ioc, tlp: "green", tags: ["TLP:RED", "tlp:white", "kit"] }, "x"),
    );
    expect(Tag.map(({ name }) => name).filter((name) => /^tlp:/i.test(name))).toEqual(["tlp:green"]);
    expect(Tag.map(({ name }) => name)).toContain("kit");
  });

  it("is not called by half a character", () => {
    const head = { uuid: "x", info: `${"x".repeat(255)}🐙`, date: "2026-11-22", published: true };
    expect(openEvent(head, "Tocsin")).toContain(`"info":"${"x".repeat(255)}"`);
  });

  it("keeps its ids for one request, and has others for another", async () => {
    const idsOf = async (selection?: string) => {
      const text = await textOf(misp, pages(), { ...about, ...(selection ? { selection } : {}), now: new Date() });
      const { Event } = eventShape.parse(JSON.parse(text));
      return [Event.uuid, Event.Attribute[0]?.uuid];
    };
    expect(await idsOf()).toEqual(["1b8bd40c-f919-5a87-bc05-ab2a273ecd7a", "0bc7f414-f160-57b4-9189-b025b1f07fd9"]);
    const [event, first] = await idsOf("type=ipv4");
    expect(event).not.toBe("1b8bd40c-f919-5a87-bc05-ab2a273ecd7a");
    expect(first).not.toBe("0bc7f414-f160-57b4-9189-b025b1f07fd9");
  });

  it("is an event without records too", async () => {
    const { Event } = eventShape.parse(JSON.parse(await textOf(misp, (async function* () {})(), about)));
    expect(Event.Attribute).toEqual([]);
  });
});

describe("a feed", () => {
  const day = (n: number) => new Date(Date.UTC(2026, 10, n, 12));
  const of = (n: number, feedId: string, firstSeen: Date): IocRecord => ({
    ...(kept[4] as IocRecord),
    value: `n${n}.example`,
    feedId,
    feedName: feedId.toUpperCase(),
    firstSeen,
    updatedAt: new Date(day(20).getTime() + n * 1000),
  });

  /** The files of a feed of these records, which come in the order of their first sighting. */
  async function filesOf(all: readonly IocRecord[], pageSize = 3) {
    const days = new Map<string, IocRecord[]>();
    for (const ioc of all) {
      const key = `${ioc.feedId} ${ioc.firstSeen.toISOString().slice(0, 10)}`;
      days.set(key, [...(days.get(key) ?? []), ioc]);
    }
    const events = mispFeedEvents([...days.values()].map(dayOf), about.instanceName);
    const files = new Map<string, string>();
    files.set("manifest.json", await textOf(mispFeedManifest(events.values()), paged([], 1), about));
    files.set("hashes.csv", await textOf(mispFeedHashes, paged(all, pageSize), about));
    for (const event of events.values()) {
      const own = days.get(`${event.of.feedId} ${event.of.day}`) ?? [];
      const held = own.slice(event.offset, event.offset + event.limit);
      files.set(`${event.uuid}.json`, await textOf(mispFeedEvent(event), paged(held, pageSize), about));
    }
    return files;
  }

  function dayOf(iocs: readonly IocRecord[]): SourceDay {
    const [first] = iocs;
    if (!first) throw new Error("a day has records");
    const { feedId, feedName, firstSeen } = first;
    const updatedAt = new Date(Math.max(...iocs.map((ioc) => ioc.updatedAt.getTime())));
    return { feedId, feedName, day: firstSeen.toISOString().slice(0, 10), count: iocs.length, tlp: "green", updatedAt };
  }

  it("has an event for each source and day, a manifest that fits and the hash of every value", async () => {
    const all = [of(1, "a", day(1)), of(4, "b", day(1)), of(2, "a", day(1)), of(5, "b", day(1)), of(3, "a", day(2))];
    const files = await filesOf(all);
    const manifest = manifestShape.parse(JSON.parse(files.get("manifest.json") ?? ""));
    expect(Object.values(manifest).map(({ info, date }) => [info, date])).toEqual([
      ["Tocsin: A, 2026-11-01", "2026-11-01"],
      ["Tocsin: B, 2026-11-01", "2026-11-01"],
      ["Tocsin: A, 2026-11-02", "2026-11-02"],
    ]);
    const hashes: string[] = [];
    for (const [id, entry] of Object.entries(manifest)) {
      const { Event } = eventShape.parse(JSON.parse(files.get(`${id}.json`) ?? ""));
      expect([Event.uuid, Event.info, Event.timestamp, Event.Tag]).toEqual([
        id,
        entry.info,
        entry.timestamp,
        entry.Tag,
      ]);
      hashes.push(...Event.Attribute.map(({ value }) => `${createHash("md5").update(value).digest("hex")},${id}`));
    }
    expect((files.get("hashes.csv") ?? "").trim().split("\n").sort()).toEqual(hashes.sort());
    expect(hashes).toHaveLength(5);
    expect(Object.keys(manifest)[0]).toBe("757158c6-b3c0-56d5-a923-d4447a6f3696");
    expect(await filesOf(all, 1)).toEqual(files);
  });

  it("breaks an event that is too large into parts, and its hashes know which", async () => {
    const files = await filesOf(
      Array.from({ length: 10_001 }, (_, n) => of(n, "a", day(1))),
      1_000,
    );
    const manifest = manifestShape.parse(JSON.parse(files.get("manifest.json") ?? ""));
    expect(Object.values(manifest).map(({ info }) => info)).toEqual([
      "Tocsin: A, 2026-11-01",
      "Tocsin: A, 2026-11-01, part 2",
    ]);
    const last = (files.get("hashes.csv") ?? "").trim().split("\n").at(-1);
    expect(last?.split(",")[1]).toBe(Object.keys(manifest)[1]);
  });

  it("is a manifest without events too", async () => {
    expect(JSON.parse((await filesOf([])).get("manifest.json") ?? "")).toEqual({});
  });
});

async function* paged(all: readonly IocRecord[], size: number) {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
