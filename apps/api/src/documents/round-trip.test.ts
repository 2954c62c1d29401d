// What a list-like format exports, a feed of another instance reads back to the same set.
import type { IocRecord } from "@tocsin/core/iocs";
import type { OwnFeedFormat } from "@tocsin/core/own-feeds";
import { type IocType, iocId } from "@tocsin/core/values";
import { readOwn } from "@tocsin/feeds/testing/own";
import { type Document, documentFormats } from "@tocsin/formats";
import { expect, it } from "vitest";

const about = { instanceName: "Tocsin", now: new Date("2026-11-21T12:00:00.000Z") };
const time = new Date("2026-11-20T08:00:00.000Z");

function recordOf(type: IocType, value: string): IocRecord {
  return {
    ...{ id: iocId(type, value), type, value, confidence: "high", tlp: "clear", riskScore: 75 },
    ...{ firstSeen: time, lastSeen: time, createdAt: time, updatedAt: time, validUntil: null, withdrawnAt: null },
    ...{ tags: [], mitreTechniques: [], warnings: [], threatType: null, malwareFamily: null, context: null },
    ...{ sourcesCount: 1, feedId: "sample", feedName: "Sample, Feed", category: "threat-feed", generation: 0 },
    ...{ referenceUrl: null, article: null },
  };
}

/** What is written in the place of what quotes, patterns, comments, formulas and refanging mean something by. */
const values: ReadonlyArray<readonly [IocType, string]> = [
  ["ipv4", "192.0.2.10"],
  ["ipv4", "198.51.100.0/24"],
  ["ipv6", "2001:db8::dead:beef"],
  ["ipv6", "2001:db8:1::/48"],
  ["domain", "malware.example"],
  ["domain", "a_b.xn--mnchen-3ya.example"],
  ["url", "http://malware.example/a,b?x=1&y=2;z='4'\\5"],
  ["url", 'http://malware.example/"q"|<3>%20(at)x/*?'],
  ["url", "http://malware.example/ends-in."],
  ["url", "http://malware.example/ends-in!)"],
  ["url", "http://[2001:db8::1]:8080/x#part"],
  ["url", "https://user:pass@malware.example/é"],
  ["md5", "0123456789abcdef0123456789abcdef"],
  ["sha1", "0123456789abcdef0123456789abcdef01234567"],
  ["sha256", "0123456789abcdef".repeat(4)],
  ["sha512", "0123456789abcdef".repeat(8)],
  ["email", "=cmd|calc@malware.example"],
  ["email", "+1@malware.example"],
  ["cve", "CVE-2026-12345"],
];

const network: readonly IocType[] = ["ipv4", "ipv6"];
const observed = values.map(([type]) => type).filter((type) => type !== "cve");
const { csv, ndjson, stix, misp, hosts, rpz, edl, txt } = documentFormats;
const typed = { fields: { value: "value", type: "type", first_seen: "first_seen", last_seen: "last_seen" } };

type Trip = readonly [
  name: string,
  document: Document,
  format: OwnFeedFormat,
  mapping: object,
  types: readonly IocType[],
];
const trips: readonly Trip[] = [
  ["csv", csv, "csv", typed, [...observed, "cve"]],
  ["ndjson", ndjson, "ndjson", typed, [...observed, "cve"]],
  ["stix bundle", stix, "stix", {}, observed],
  ["misp", misp, "misp", {}, observed],
  ["hosts", hosts, "hosts", {}, ["domain"]],
  ["rpz", rpz, "rpz", {}, [...network, "domain"]],
  ["rpz, drop", rpz.documentOf({ action: "drop" }), "rpz", {}, [...network, "domain"]],
  ["edl of addresses", edl, "plain", {}, network],
  ["edl of domains", edl.documentOf({ kind: "domain" }), "plain", {}, ["domain"]],
  ["txt of addresses", txt, "plain", {}, network],
  ["txt of URLs", txt, "plain", { value_type: "url" }, ["url"]],
  ["txt of mailboxes and hashes", txt, "plain", {}, ["email", "md5", "sha1", "sha256", "sha512", "cve"]],
];

it.each(trips)("%s is read back to the same set", async (_, document, format, mapping, types) => {
  const records = values.filter(([type]) => types.includes(type)).map(([type, value]) => recordOf(type, value));
  async function* pages() {
    yield records;
  }
  let body = "";
  for await (const chunk of document.write(pages(), about)) body += chunk;
  const { values: read, problems } = await readOwn(format, mapping, body);
  expect(problems).toEqual([]);
  expect([...read].sort()).toEqual(records.map(({ type, value }) => `${type} ${value}`).sort());
});
