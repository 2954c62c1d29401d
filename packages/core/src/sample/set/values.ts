import { createHash } from "node:crypto";
import type { Confidence, IocType, Observation, SampleFeedId } from "../../values";

/** What one source of the set says of one value; ages in days before the set was loaded. */
export type SampleSaying = {
  feedId: SampleFeedId;
  /** When it first listed the value, and when last. */
  first: number;
  last: number;
  observation: Observation;
};

/** Days on which the sources of the set are read, the oldest first. */
export const readingDays = [35, 28, 21, 14, 9, 6, 4, 2, 1, 0] as const;

type Theme = {
  feeds: readonly SampleFeedId[];
  threatType: string;
  families: readonly string[];
  techniques: readonly string[];
  contexts: readonly string[];
};

const botnets: Theme = {
  feeds: ["tocsin-sample-botnets", "tocsin-sample-malware", "tocsin-sample-scanners"],
  threatType: "botnet_cc",
  families: ["SampleBot", "SampleLoader"],
  techniques: ["T1071.001", "T1573"],
  contexts: ["port 443", "port 8443", "beacons every five minutes"],
};
const delivery: Theme = {
  feeds: ["tocsin-sample-malware", "tocsin-sample-botnets"],
  threatType: "payload_delivery",
  families: ["SampleStealer", "SampleLoader", "SampleLock"],
  techniques: ["T1105", "T1204.002"],
  contexts: ["packed twice", "signed with a stolen certificate", "runs in memory alone"],
};
const phishing: Theme = {
  feeds: ["tocsin-sample-phishing", "tocsin-sample-malware"],
  threatType: "phishing",
  families: [],
  techniques: ["T1566.002"],
  contexts: ["a copy of a sign-in page", "asks for a card number", "parcel that could not be delivered"],
};
const scanners: Theme = {
  feeds: ["tocsin-sample-scanners", "tocsin-sample-phishing"],
  threatType: "scanner",
  families: [],
  techniques: ["T1595.002"],
  contexts: ["tries passwords over SSH", "looks for open databases"],
};

/** Values of the documentation ranges and of `.example` alone, which nobody can own. */
const groups: readonly { type: IocType; theme: Theme; values: readonly string[] }[] = [
  { type: "ipv4", theme: botnets, values: numbered(14, (n) => `192.0.2.${10 + 7 * n}`) },
  { type: "ipv4", theme: scanners, values: numbered(18, (n) => `198.51.100.${5 + 11 * n}`) },
  { type: "ipv4", theme: delivery, values: numbered(8, (n) => `203.0.113.${20 + 13 * n}`) },
  { type: "ipv6", theme: botnets, values: numbered(6, (n) => `2001:db8:${10 + n}::${1 + n}`) },
  { type: "domain", theme: botnets, values: ["relay", "cdn-sync", "time-check", "updates"].map(at("samplebot")) },
  { type: "domain", theme: delivery, values: ["files", "drop", "mirror", "get"].map(at("sample-downloads")) },
  {
    type: "domain",
    theme: phishing,
    values: ["login", "secure", "verify", "account", "parcel", "tax"].map(at("northwind-bank-sample")),
  },
  {
    type: "url",
    theme: delivery,
    values: numbered(8, (n) => `http://files.sample-downloads.example/get/${1_000 + 37 * n}.bin`),
  },
  {
    type: "url",
    theme: phishing,
    values: numbered(8, (n) => `https://login.northwind-bank-sample.example/session/${n + 1}`),
  },
  { type: "sha256", theme: delivery, values: hashes("sha256", 12) },
  { type: "sha1", theme: delivery, values: hashes("sha1", 5) },
  { type: "md5", theme: delivery, values: hashes("md5", 6) },
  { type: "sha512", theme: delivery, values: hashes("sha512", 2) },
  {
    type: "email",
    theme: phishing,
    values: ["billing", "support", "parcel", "no-reply"].map((name) => `${name}@northwind-bank-sample.example`),
  },
  { type: "cve", theme: scanners, values: ["CVE-2026-90001", "CVE-2026-90002"] },
  { type: "mitre_attack", theme: botnets, values: ["T1071.001"] },
];

const confidences: readonly Confidence[] = ["high", "medium", "high", "low"];

/** Everything that the indicator feeds of the set say. */
export const sampleSayings: readonly SampleSaying[] = groups.flatMap(({ type, theme, values }, group) =>
  values.flatMap((value, n) => sayingsOf({ type, value }, theme, n + 3 * group)),
);

/** One to all of the theme's feeds, each with its own times and its own word. */
function sayingsOf(of: { type: IocType; value: string }, theme: Theme, n: number): SampleSaying[] {
  const sources = theme.feeds.slice(0, 1 + (((n * 5) % (theme.feeds.length + 1)) % theme.feeds.length));
  return sources.map((feedId, place) => {
    const first = readingDays[(n + 2 * place) % readingDays.length] ?? 0;
    const later = readingDays.filter((day) => day < first);
    const last = n % 4 === 3 ? first : (later[(n * 3 + place) % Math.max(1, later.length)] ?? first);
    return { feedId, first, last, observation: observationOf(of, theme, n + place) };
  });
}

function observationOf({ type, value }: { type: IocType; value: string }, theme: Theme, n: number): Observation {
  const family = pick(theme.families, n);
  const confidence = pick(confidences, n);
  const context = pick(theme.contexts, n);
  return {
    ...{ type, value, threatType: theme.threatType, tags: ["sample", ...(family ? [family.toLowerCase()] : [])] },
    ...(type === "mitre_attack" ? {} : { mitreTechniques: theme.techniques }),
    ...(family ? { malwareFamily: family } : {}),
    ...(confidence ? { confidence } : {}),
    ...(context ? { context } : {}),
    referenceUrl: `https://tocsin-sample.example/reports/${1 + (n % 20)}`,
  };
}

function pick<T>(list: readonly T[], n: number): T | undefined {
  return list.length === 0 ? undefined : list[n % list.length];
}

function numbered(count: number, value: (n: number) => string): string[] {
  return Array.from({ length: count }, (_, n) => value(n));
}

function at(domain: string): (name: string) => string {
  return (name) => `${name}.${domain}.example`;
}

/** Of texts of ours: no file in the world is likely to have one. */
function hashes(algorithm: "md5" | "sha1" | "sha256" | "sha512", count: number): string[] {
  return numbered(count, (n) => createHash(algorithm).update(`Tocsin sample file ${n}`).digest("hex"));
}
