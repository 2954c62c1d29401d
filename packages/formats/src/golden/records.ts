import type { IocRecord } from "@tocsin/core/iocs";

/** What every golden document is written at, and by whom. */
export const about = { instanceName: "Tocsin", now: new Date("2026-11-21T12:00:00.000Z") };

const base = {
  confidence: "high",
  firstSeen: new Date("2026-11-01T08:00:00.000Z"),
  lastSeen: new Date("2026-11-20T23:59:59.999Z"),
  createdAt: new Date("2026-11-01T08:05:00.000Z"),
  updatedAt: new Date("2026-11-21T00:00:01.000Z"),
  tags: [],
  mitreTechniques: [],
  threatType: null,
  malwareFamily: null,
  tlp: "clear",
  riskScore: 75,
  sourcesCount: 1,
  feedId: "sample-feed",
  feedName: "Sample Feed",
  category: "threat-feed",
  referenceUrl: null,
  context: null,
  validUntil: null,
  withdrawnAt: null,
  generation: 0,
  warnings: [],
  article: null,
} satisfies Omit<IocRecord, "id" | "type" | "value">;

const id = (n: number) => `00000000-0000-5000-8000-${n.toString(16).padStart(12, "0")}`;

/** One record of every type and the awkward ones: formulas, quotes, commas, pipes, equals signs, other scripts. */
export const records: readonly IocRecord[] = [
  { ...base, id: id(1), type: "ipv4", value: "192.0.2.10", tags: ["botnet", "c2"], mitreTechniques: ["T1071.001"] },
  { ...base, id: id(2), type: "ipv4", value: "198.51.100.0/24", confidence: "medium", riskScore: 45 },
  { ...base, id: id(3), type: "ipv6", value: "2001:db8::dead:beef", confidence: "low", riskScore: 20 },
  { ...base, id: id(4), type: "ipv6", value: "2001:db8:1::/48", tlp: "green" },
  { ...base, id: id(5), type: "domain", value: "malware.example", malwareFamily: "SampleLoader", sourcesCount: 3 },
  { ...base, id: id(6), type: "domain", value: "xn--mnchen-3ya.example", tags: ["münchen"] },
  {
    ...base,
    id: id(7),
    type: "url",
    value: 'http://malware.example/a,b?x=1&y="2"|<3>%20\'4\'\\5',
    threatType: "payload_delivery",
    referenceUrl: "https://feed.example/report/7",
  },
  { ...base, id: id(8), type: "url", value: "http://[2001:db8::1]:8080/*?", context: "port 8080" },
  { ...base, id: id(9), type: "md5", value: "0123456789abcdef0123456789abcdef" },
  { ...base, id: id(10), type: "sha1", value: "0123456789abcdef0123456789abcdef01234567" },
  { ...base, id: id(11), type: "sha256", value: "0123456789abcdef".repeat(4), validUntil: new Date("2027-01-01T00:00:00.000Z") },
  { ...base, id: id(12), type: "sha512", value: "0123456789abcdef".repeat(8) },
  { ...base, id: id(13), type: "email", value: "=cmd|calc@malware.example", feedName: 'Feed "Quoted", Inc.' },
  { ...base, id: id(14), type: "email", value: "+1@malware.example", tags: ["=1+1", "a;b", "c,d"], tlp: "amber+strict" },
  { ...base, id: id(15), type: "cve", value: "CVE-2026-12345", category: "government", feedName: "@Advisories" },
  { ...base, id: id(16), type: "mitre_attack", value: "T1059.001", category: "research", feedName: "Sample Feed" },
];

/** The records in pages of a few, with an empty one between: as core may stream them. */
export async function* pages(): AsyncGenerator<readonly IocRecord[]> {
  yield records.slice(0, 5);
  yield [];
  yield records.slice(5);
}
