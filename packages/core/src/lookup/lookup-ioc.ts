import type { Authorized, KeyCaller, SessionCaller } from "../access";
import type { Call } from "../context";
import { confidences } from "../iocs/observation";
import { type Risk, scoreRisk } from "../iocs/score";
import { type Candidate, candidatesOf } from "./candidates";
import { huntFor } from "./hunting";
import { type Held, type HeldSighting, readHeld, readSightings } from "./read-held";
import type { Lookup, LookupData, LookupInput, LookupSource, Related } from "./shape";
import { type Subject, subjectOf } from "./subject";
import { falsePositiveOf } from "./well-known";

/**
 * Everything known of one value. A value that no feed reported is an answer too. The plan's lookback does not count
 * here: whoever asks for one value must not be told "unknown" of what is known.
 */
export async function lookupIoc(ctx: Call<Authorized<KeyCaller | SessionCaller>>, input: LookupInput): Promise<Lookup> {
  const now = ctx.now();
  const subject = subjectOf(input);
  const known = subject.reserved ? [] : await readKnown(ctx, subject);
  const matched = known.filter(
    ({ relation }) => relation === "exact" || (relation === "network" && isAddress(subject)),
  );
  const sightings =
    matched.length === 0
      ? []
      : await readSightings(
          ctx,
          matched.map(({ held }) => held.id),
        );
  const summary = summaryOf(
    matched.map(({ held }) => held),
    sightings,
    now,
  );
  const data: LookupData = {
    found: matched.length > 0,
    ioc_value: subject.value,
    ioc_type: subject.type,
    note: noteOf(subject, known, matched.length > 0),
    ...summary,
    hunting: huntFor(subject.type, subject.value, {
      author: ctx.instance.name,
      known: matched.length > 0,
      date: now,
      level: summary.risk?.level ?? "medium",
      techniques: summary.mitre_techniques,
      tlp: matched[0]?.held.tlp ?? null,
    }),
    warnings: warningsOf(subject, summary.last_seen, now),
    related: known.flatMap(({ held, relation }) => (relation === "exact" ? [] : [relatedOf(held, relation)])),
    sources: sightings.map((sighting) => sourceOf(sighting, matched)),
    ...(subject.type === "cve" ? { articles: [] } : {}),
  };
  return { meta: { generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name }, data };
}

type Known = { held: Held; relation: Candidate["relation"] };

/** The records that bear on the subject: its own first, then nearest first. */
async function readKnown(ctx: Call, { type, value }: Subject): Promise<Known[]> {
  const candidates = candidatesOf(type, value);
  const held = new Map(
    (
      await readHeld(
        ctx,
        candidates.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  return candidates.flatMap(({ id, relation }) => {
    const row = held.get(id);
    return row ? [{ held: row, relation }] : [];
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
function summaryOf(matched: readonly Held[], sightings: readonly HeldSighting[], now: Date): Summary {
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
  const confidence = confidences.findLast((level) => matched.some((held) => held.confidence === level)) ?? "low";
  const lastSeen = new Date(Math.max(...matched.map((held) => held.lastSeen.getTime())));
  const firstSeen = new Date(Math.min(...matched.map((held) => held.firstSeen.getTime())));
  const risk: Risk = scoreRisk(
    { confidence, sourcesCount: feeds, lastSeen, threatType: base.threat_type, malwareFamily: base.malware_family },
    now,
  );
  return { ...base, confidence, first_seen: firstSeen.toISOString(), last_seen: lastSeen.toISOString(), risk };
}

function isAddress({ type }: Subject): boolean {
  return type === "ipv4" || type === "ipv6";
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
      : found
        ? `The value itself is not on record; ${nearest.held.value}, which holds it, is.`
        : `Its surroundings are on record: ${nearest.held.value}.`,
    reserved ? "The value is not public, so no source can know anything of it." : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" ");
}

const staleDays = 90;
const day = 86_400_000;

function warningsOf({ type, value, reserved }: Subject, lastSeen: string | null, now: Date): string[] {
  const falsePositive = falsePositiveOf(type, value);
  const days = lastSeen === null ? 0 : Math.floor((now.getTime() - Date.parse(lastSeen)) / day);
  const moves = type === "ipv4" || type === "ipv6" || type === "domain" || type === "url";
  return [
    ...(reserved ? ["This is a private or reserved address: it means another host in every network."] : []),
    ...(falsePositive === null ? [] : [`Probably a false positive: ${falsePositive}`]),
    ...(moves && days > staleDays ? [`Last reported ${days} days ago: it may have changed hands since.`] : []),
  ];
}

function relatedOf(held: Held, relation: Related["relation"]): Related {
  return {
    id: held.id,
    type: held.type,
    value: held.value,
    relation,
    confidence: held.confidence,
    risk_score: held.riskScore,
    last_seen: held.lastSeen.toISOString(),
  };
}

function sourceOf(sighting: HeldSighting, matched: readonly Known[]): LookupSource {
  return {
    source_feed: sighting.feedName,
    source_category: sighting.category,
    ioc_value: matched.find(({ held }) => held.id === sighting.iocId)?.held.value ?? "",
    reference_url: sighting.referenceUrl,
    first_seen: sighting.firstSeen.toISOString(),
    last_seen: sighting.lastSeen.toISOString(),
    occurrence_count: sighting.occurrences,
    confidence: sighting.confidence,
    context: sighting.context,
  };
}
