import type { ArticleMention } from "../articles";
import { describeAttack } from "../attack";
import { scoreRisk } from "../iocs";
import { dayMs } from "../lib";
import { confidences, iocTypeCatalog, type Warninglists } from "../values";
import { huntFor } from "./hunting";
import type { Known, StoredIoc, StoredSighting } from "./read-stored";
import type { Hunting, LookupData, LookupSource, Related } from "./shape";
import type { Subject } from "./subject";

/** Those of the records whose sources speak for the subject itself: its own, however written, and the networks that hold an address. */
export function matchedOf(subject: Subject, known: readonly Known[]): Known[] {
  return known.filter(
    ({ relation }) => relation === "exact" || relation === "same" || (relation === "network" && isAddress(subject)),
  );
}

export type Answer = Omit<LookupData, "hunting">;

/** What answers are made with; `articles` by the CVEs that they name. */
export type AnswerParts = {
  now: Date;
  warninglists: Warninglists;
  articles: ReadonlyMap<string, readonly ArticleMention[]>;
};

/** What is known of a subject, in words for the wire; `sightings` are those of the records that match. */
export function answerOf(
  subject: Subject,
  known: readonly Known[],
  sightings: readonly StoredSighting[],
  { now, warninglists, articles }: AnswerParts,
): Answer {
  const matched = matchedOf(subject, known);
  const found = matched.length > 0;
  const summary = summaryOf(
    matched.map(({ stored }) => stored),
    sightings,
    { now, warnings: warninglists.warningsOf(subject.type, subject.value) },
  );
  const attackIds = [...(subject.type === "mitre_attack" ? [subject.value] : []), ...summary.mitre_techniques];
  return {
    found,
    ioc_value: subject.value,
    ioc_type: subject.type,
    note: noteOf(subject, known, found),
    ...summary,
    mitre: [...new Set(attackIds)].map(describeAttack),
    warnings: [
      ...warningsOf(subject, warninglists, summary.last_seen, now),
      ...withdrawalOf(matched.map(({ stored }) => stored)),
    ],
    related: known.flatMap(({ stored, relation }) => (relation === "exact" ? [] : [relatedOf(stored, relation)])),
    sources: sightings.map((sighting) => sourceOf(sighting, matched)),
    ...(subject.type === "cve" ? { articles: [...(articles.get(subject.value) ?? [])] } : {}),
  };
}

/** Queries that find a subject, which say what its answer says of it. */
export function huntingOf(
  subject: Subject,
  known: readonly Known[],
  answer: Answer,
  about: { instanceName: string; now: Date },
): Hunting {
  return huntFor(subject.type, subject.value, {
    author: about.instanceName,
    known: answer.found,
    date: about.now,
    level: answer.risk?.level ?? "medium",
    techniques: answer.mitre_techniques,
    tlp: matchedOf(subject, known)[0]?.stored.tlp ?? null,
  });
}

type Summary = Pick<
  LookupData,
  | "confidence"
  | "first_seen"
  | "last_seen"
  | "total_occurrences"
  | "reporting_sources"
  | "threat_type"
  | "malware_family"
  | "tags"
  | "mitre_techniques"
  | "risk"
>;

/** What all matched records say together; where one must be chosen, the nearest record's word counts. */
function summaryOf(
  matched: readonly StoredIoc[],
  sightings: readonly StoredSighting[],
  { now, warnings }: { now: Date; warnings: readonly string[] },
): Summary {
  const [nearest] = matched;
  const feeds = new Set(sightings.map(({ feedId }) => feedId)).size;
  const base = {
    total_occurrences: sightings.reduce((sum, { occurrences }) => sum + occurrences, 0),
    reporting_sources: feeds,
    threat_type: matched.find(({ threatType }) => threatType !== null)?.threatType ?? null,
    malware_family: matched.find(({ malwareFamily }) => malwareFamily !== null)?.malwareFamily ?? null,
    tags: [...new Set(matched.flatMap(({ tags }) => tags))],
    mitre_techniques: [...new Set(matched.flatMap(({ mitreTechniques }) => mitreTechniques))],
  };
  if (!nearest) return { ...base, confidence: null, first_seen: null, last_seen: null, risk: null };
  const lastSeen = new Date(Math.max(...matched.map((stored) => stored.lastSeen.getTime())));
  const firstSeen = new Date(Math.min(...matched.map((stored) => stored.firstSeen.getTime())));
  const { confidence, ...risk } = scoreRisk(
    {
      type: nearest.type,
      value: nearest.value,
      stated: confidences.findLast((level) => matched.some((stored) => stored.stated === level)) ?? "low",
      reputation: Math.max(...matched.map((stored) => stored.reputation)),
      certainty: surestOf(matched),
      independentSources: Math.min(
        feeds,
        matched.reduce((sum, stored) => sum + stored.independentSources, 0),
      ),
      active: matched.find(({ active }) => active !== null)?.active ?? null,
      company: Math.max(...matched.map((stored) => stored.company)),
      firstSeen,
      lastSeen,
      threatType: base.threat_type,
      malwareFamily: base.malware_family,
      warnings: [...new Set([...warnings, ...matched.flatMap((stored) => stored.warnings)])],
      withdrawn: matched.every((stored) => stored.withdrawnAt !== null),
    },
    now,
  );
  return { ...base, confidence, first_seen: firstSeen.toISOString(), last_seen: lastSeen.toISOString(), risk };
}

/** Null where only words are kept. */
function surestOf(matched: readonly StoredIoc[]): number | null {
  const figures = matched.flatMap(({ certainty }) => certainty ?? []);
  return figures.length === 0 ? null : Math.max(...figures);
}

function isAddress({ type }: Subject): boolean {
  return iocTypeCatalog[type].nature === "address";
}

function noteOf({ port, reserved }: Subject, known: readonly Known[], found: boolean): string | null {
  const [nearest] = known;
  const parts = [
    port === null ? null : `The port ${port} is no part of the value and was left out.`,
    found || reserved
      ? null
      : "No source of this instance has reported the value. That does not mean that it is safe: it may be new, or seen by others only.",
    nearest === undefined || nearest.relation === "exact"
      ? null
      : nearest.relation === "same"
        ? `It is on record as it is written otherwise: ${nearest.stored.value}.`
        : found
          ? `The value itself is not on record; ${nearest.stored.value}, which holds it, is.`
          : `Its surroundings are on record: ${nearest.stored.value}.`,
    reserved ? "The value is not public, so no source can know anything of it." : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" ");
}

const staleDays = 90;

function warningsOf(
  { type, value, reserved }: Subject,
  warninglists: Warninglists,
  lastSeen: string | null,
  now: Date,
): string[] {
  // Of a reserved value no list has more to say.
  const matches = reserved ? [] : warninglists.matchesOf(type, value);
  const listed = matches.map(({ name, effect, means }) => {
    const doubt = effect === "hide" ? "Probably a false positive: it" : "It";
    return `${doubt} is ${means} (warninglist "${name}").`;
  });
  const days = lastSeen === null ? 0 : Math.floor((now.getTime() - Date.parse(lastSeen)) / dayMs);
  const moves = iocTypeCatalog[type].changesHands;
  return [
    ...(reserved ? ["This is a private or reserved address: it means another host in every network."] : []),
    ...listed,
    ...(moves && days > staleDays ? [`Last reported ${days} days ago: it may have changed hands since.`] : []),
  ];
}

/** Empty while a source stands for any of them. */
function withdrawalOf(matched: readonly StoredIoc[]): string[] {
  const times = matched.flatMap(({ withdrawnAt }) => (withdrawnAt === null ? [] : [withdrawnAt.getTime()]));
  if (times.length === 0 || times.length < matched.length) return [];
  const since = new Date(Math.max(...times)).toISOString().slice(0, 10);
  return [`Withdrawn since ${since}: no source has listed it for as long as its kind stays worth acting on.`];
}

function relatedOf(stored: StoredIoc, relation: Related["relation"]): Related {
  return {
    id: stored.id,
    type: stored.type,
    value: stored.value,
    relation,
    confidence: stored.confidence,
    risk_score: stored.riskScore,
    last_seen: stored.lastSeen.toISOString(),
  };
}

function sourceOf(sighting: StoredSighting, matched: readonly Known[]): LookupSource {
  return {
    source_feed: sighting.feedName,
    source_category: sighting.category,
    ioc_value: matched.find(({ stored }) => stored.id === sighting.iocId)?.stored.value ?? "",
    reference_url: sighting.referenceUrl,
    first_seen: sighting.firstSeen.toISOString(),
    last_seen: sighting.lastSeen.toISOString(),
    occurrence_count: sighting.occurrences,
    confidence: sighting.confidence,
    context: sighting.context,
  };
}
