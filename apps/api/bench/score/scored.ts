import { recencySteps, scoreRisk } from "@tocsin/core/iocs";
import { lifetimeSeconds } from "@tocsin/core/testing";
import { confidences } from "@tocsin/core/values";
import { createWarninglists, shippedWarninglists } from "@tocsin/core/warninglists";
import { feeds } from "@tocsin/feeds";
import type { Row } from "./listings";

const lists = createWarninglists(shippedWarninglists);

/** What is said of one value, when that is looked at, and when its sources last listed it, where that was before. */
export type Said = { readonly said: readonly Row[]; readonly at: Date; readonly listedAt?: Date };

/** The score of what some sources say of one value, merged as the ingest merges it. */
export function scoreOf({ said, at, listedAt = at }: Said): number {
  const [first] = said;
  if (!first) return 0;
  const latest = said.reduce((a, b) => (b.lastSeen > a.lastSeen ? b : a));
  return scoreRisk(
    {
      ...factsOf(said, first, at, listedAt),
      value: first.value,
      certainty: Math.max(...said.map(({ certainty }) => certainty)),
      independentSources: new Set(said.map(({ source }) => source)).size,
      active: latest.active ?? said.find(({ active }) => active !== null)?.active ?? null,
      company: Math.max(...said.map(({ company }) => company)),
    },
    at,
  ).score;
}

function factsOf(said: readonly Row[], { type, value }: Row, at: Date, listedAt: Date) {
  const ends = said.map((row) => {
    const lifetime = lifetimeSeconds(type, feeds.find(({ id }) => id === row.feedId) ?? {});
    return lifetime === null ? Number.POSITIVE_INFINITY : Math.max(row.lastSeen, listedAt.getTime()) + lifetime * 1_000;
  });
  return {
    type,
    stated: confidences[Math.max(...said.map(({ confidence }) => confidence)) - 1] ?? "low",
    reputation: Math.max(...said.map(({ reputation }) => reputation)),
    firstSeen: new Date(Math.min(...said.map(({ firstSeen }) => firstSeen))),
    lastSeen: new Date(Math.max(...said.map(({ lastSeen }) => lastSeen))),
    threatType: said.find(({ threatType }) => threatType !== null)?.threatType ?? null,
    malwareFamily: said.find(({ malwareFamily }) => malwareFamily !== null)?.malwareFamily ?? null,
    warnings: lists.warningsOf(type, value),
    withdrawn: Math.max(...ends) < at.getTime(),
  } as const;
}

const former = {
  confidence: { low: 5, medium: 15, high: 25 },
  reputation: [
    [85, 15],
    [70, 12],
    [55, 10],
    [40, 7],
    [0, 3],
  ],
  corroboration: [
    [5, 15],
    [3, 10],
    [2, 6],
  ],
  threat: [
    [/ransom|wiper|c2|c&c|cnc|command|botnet|_cc/, 20],
    [/malware|payload|trojan|stealer|backdoor|loader|dropper|spyware|stalkerware|exploit|vulnerab/, 17],
    [/phish|credential|scam|fraud/, 14],
    [/brute|attack|ddos|intrusion/, 11],
    [/scan|spam|probe/, 6],
    [/tor-exit|proxy|vpn/, 2],
  ],
} as const;

/** The score as it was: the source's word and reputation, how many feeds, when, what kind. */
export function formerScore({ said, at, listedAt = at }: Said): number {
  const [first] = said;
  if (!first) return 0;
  const { type, stated, reputation, lastSeen, threatType, malwareFamily, warnings, withdrawn } = factsOf(
    said,
    first,
    at,
    listedAt,
  );
  const above = (figure: number, table: readonly (readonly [number, number])[]) =>
    table.find(([from]) => figure >= from)?.[1] ?? 0;
  const days = (at.getTime() - lastSeen.getTime()) / 86_400_000;
  const points =
    former.confidence[stated] +
    above(reputation, former.reputation) +
    above(new Set(said.map(({ feedId }) => feedId)).size, former.corroboration) +
    (recencySteps[type].find(({ withinDays }) => withinDays === null || days <= withinDays)?.points ?? 0) +
    (former.threat.find(([words]) => words.test(threatType ?? ""))?.[1] ?? 7) +
    (malwareFamily === null ? 0 : 5);
  const kept = warnings.length > 0 ? Math.floor((points * 30) / 100) : points;
  return withdrawn ? Math.floor(kept / 2) : kept;
}
