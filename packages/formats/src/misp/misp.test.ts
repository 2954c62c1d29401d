import { createHash } from "node:crypto";
import type { IocRecord } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { textOf } from "../golden/documents";
import { about, pages, records } from "../golden/records";
import { mispFeed } from "./feed";
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
const manifestShape = z.record(
  uuid,
  z.strictObject({ ...head, "integrity:sha256": z.string().regex(/^[0-9a-f]{64}$/) }),
);

const kept = records.filter(({ type }) => type !== "mitre_attack");

describe("an event", () => {
  it("has the core format's shape, and an attribute for all but ATT&CK ids", async () => {
    const { Event } = eventShape.parse(JSON.parse(await textOf(misp, pages(), about)));
    expect(Event.Attribute.map(({ value }) => value)).toEqual(kept.map(({ value }) => value));
    expect(new Set(Event.Attribute.map(({ uuid }) => uuid)).size).toBe(kept.length);
    expect(Event.Attribute.filter(({ to_ids }) => !to_ids).map(({ type }) => type)).toEqual(["vulnerability"]);
    expect(Event.Tag.map(({ name }) => name)).toEqual(["tlp:amber+strict"]);
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

  async function filesOf(all: readonly IocRecord[], pageSize = 3) {
    const files = new Map<string, string>();
    for await (const { file, text } of mispFeed(paged(all, pageSize), about))
      files.set(file, (files.get(file) ?? "") + text);
    return files;
  }

  it("has an event for each source and day, a manifest that fits and the hash of every value", async () => {
    const all = [of(1, "a", day(1)), of(2, "a", day(1)), of(3, "a", day(2)), of(4, "b", day(1)), of(5, "b", day(1))];
    const files = await filesOf(all);
    const manifest = manifestShape.parse(JSON.parse(files.get("manifest.json") ?? ""));
    expect(Object.values(manifest).map(({ info, date }) => [info, date])).toEqual([
      ["Tocsin: A, 2026-11-01", "2026-11-01"],
      ["Tocsin: A, 2026-11-02", "2026-11-02"],
      ["Tocsin: B, 2026-11-01", "2026-11-01"],
    ]);
    const hashes: string[] = [];
    for (const [id, entry] of Object.entries(manifest)) {
      const text = files.get(`${id}.json`) ?? "";
      const { Event } = eventShape.parse(JSON.parse(text));
      expect(createHash("sha256").update(text).digest("hex")).toBe(entry["integrity:sha256"]);
      expect([Event.uuid, Event.info, Event.timestamp, Event.Tag]).toEqual([
        id,
        entry.info,
        entry.timestamp,
        entry.Tag,
      ]);
      hashes.push(...Event.Attribute.map(({ value }) => `${createHash("md5").update(value).digest("hex")},${id}\n`));
    }
    expect(files.get("hashes.csv")).toBe(hashes.join(""));
    expect(files.size).toBe(5);
    expect(Object.keys(manifest)[0]).toBe("757158c6-b3c0-56d5-a923-d4447a6f3696");
    expect(await filesOf(all, 1)).toEqual(files);
  });

  it("breaks an event that is too large into parts", async () => {
    const all = Array.from({ length: 10_001 }, (_, n) => of(n, "a", day(1)));
    const manifest = manifestShape.parse(JSON.parse((await filesOf(all, 1_000)).get("manifest.json") ?? ""));
    expect(Object.values(manifest).map(({ info }) => info)).toEqual([
      "Tocsin: A, 2026-11-01",
      "Tocsin: A, 2026-11-01, part 2",
    ]);
  });

  it("refuses records that come back to an event it has closed", async () => {
    await expect(filesOf([of(1, "a", day(1)), of(2, "b", day(1)), of(3, "a", day(1))])).rejects.toThrow(
      "follow each other",
    );
  });
});

async function* paged(all: readonly IocRecord[], size: number) {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
