// STIX 2.1 sections 2.11 (kill chain phase), 3 (common properties), 4.1 (attack pattern), 4.7 (indicator), 4.18 (vulnerability).
import { fullNameOf, type Matrix, phasesOf } from "@tocsin/core/attack";
import { type IocRecord, isRevoked } from "@tocsin/core/iocs";
import { type Confidence, isoTime, isTechnique, stixId, strictestTlp, type Tlp } from "@tocsin/core/values";
import { summaryOf } from "../summary";
import { vocabulary } from "../vocabulary";
import { identityId, markingId } from "./fixed-objects";
import { stixPattern } from "./pattern";

/** An object as JSON has it; `id` is `<type>--<uuid>`. */
export type StixObject = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;

/** How objects are marked and whose they are. */
export type StixView = {
  /** Who created them; null leaves the reference out, for a document without the identity. */
  readonly creator: string | null;
  /** The label that was asked for; null takes the default of the confidence. */
  readonly tlp: Tlp | null;
};

const confidences = { high: 85, medium: 50, low: 15 } as const satisfies Record<Confidence, number>;
const defaultTlps = { high: "green", medium: "amber", low: "clear" } as const satisfies Record<Confidence, Tlp>;

/** The label that an object gets: what was asked for, or the confidence's, but never below that of its sources. */
export function stixTlp({ confidence, tlp }: Pick<IocRecord, "confidence" | "tlp">, asked: Tlp | null): Tlp {
  return strictestTlp(tlp, asked ?? defaultTlps[confidence]);
}

/**
 * The STIX object of a record: an indicator, a vulnerability for a CVE, an attack pattern for a technique; null for
 * ATT&CK ids that are no technique. Its UUID is that of the record's generation; what nobody stands for any more, and what
 * turned out to be a known good, is revoked.
 */
export function stixObject(ioc: IocRecord, view: StixView): StixObject | null {
  const { type, value } = ioc;
  const { stix } = vocabulary[type];
  if (stix === null) return null;
  if ("path" in stix) return indicatorOf(ioc, view);
  if (stix.object === "vulnerability") {
    return closed(opened("vulnerability", ioc, view, value), ioc, view, [{ source_name: "cve", external_id: value }]);
  }
  if (!isTechnique(value)) return null;
  const object = opened("attack-pattern", ioc, view, fullNameOf(value, ioc.updatedAt) ?? value);
  addPhases(object, [value], ioc.updatedAt);
  return closed(object, ioc, view, [techniqueReference(value)]);
}

function indicatorOf(ioc: IocRecord, view: StixView): StixObject {
  const { type, value, mitreTechniques } = ioc;
  const object = opened("indicator", ioc, view, value);
  object.indicator_types = [indicatorType(ioc.threatType)];
  object.pattern = stixPattern(type, value);
  object.pattern_type = "stix";
  object.pattern_version = "2.1";
  object.valid_from = isoTime(ioc.firstSeen);
  // It must be later than valid_from.
  if (ioc.validUntil !== null && ioc.validUntil > ioc.firstSeen) object.valid_until = isoTime(ioc.validUntil);
  addPhases(object, mitreTechniques, ioc.updatedAt);
  return closed(object, ioc, view, mitreTechniques.filter(isTechnique).map(techniqueReference));
}

// Filled in property by property: a million small objects, spread into each other, would take most of an export's time.
type Draft = { type: string; id: string } & Record<string, unknown>;
type KillChainPhase = { readonly kill_chain_name: string; readonly phase_name: string };
type Reference = { source_name: string; external_id?: string; url?: string };

function opened(
  type: "indicator" | "vulnerability" | "attack-pattern",
  ioc: IocRecord,
  view: StixView,
  name: string,
): Draft {
  const object: Draft = { type, spec_version: "2.1", id: `${type}--${stixId(ioc.id, ioc.generation)}` };
  if (view.creator !== null) object.created_by_ref = view.creator;
  // The first version is that of the record's arrival here; it may not be younger than this one.
  const { createdAt, updatedAt } = ioc;
  // biome-ignore lint/complexity/useMathMinMax: these are dates
  object.created = isoTime(updatedAt < createdAt ? updatedAt : createdAt);
  object.modified = isoTime(ioc.updatedAt);
  if (isRevoked(ioc)) object.revoked = true;
  object.name = name;
  object.description = summaryOf(ioc);
  return object;
}

function closed(object: Draft, ioc: IocRecord, view: StixView, references: Reference[]): StixObject {
  if (ioc.tags.length > 0) object.labels = ioc.tags;
  object.confidence = confidences[ioc.confidence];
  if (ioc.referenceUrl !== null) references.push({ source_name: ioc.feedName, url: ioc.referenceUrl });
  if (references.length > 0) object.external_references = references;
  object.object_marking_refs = [markingId(stixTlp(ioc, view.tlp))];
  return object;
}

/** What the threat type says in the words of the indicator-type vocabulary. */
function indicatorType(threatType: string | null): string {
  if (threatType === null) return "malicious-activity";
  if (/\b(?:tor|proxy|vpn|anonymi)/.test(threatType)) return "anonymization";
  return /scan|probe/.test(threatType) ? "anomalous-activity" : "malicious-activity";
}

// The names that MITRE's own bundles give the matrices.
const killChainNames = {
  enterprise: "mitre-attack",
  mobile: "mitre-mobile-attack",
  ics: "mitre-ics-attack",
} as const satisfies Record<Matrix, string>;

/** The tactics of techniques, as they were called when the record last changed; a list may not be empty. */
function addPhases(object: Draft, techniques: readonly string[], changed: Date): void {
  if (techniques.length === 0) return;
  const phases = phasesOf(techniques, changed).map(
    ({ matrix, tactic }): KillChainPhase => ({ kill_chain_name: killChainNames[matrix], phase_name: tactic }),
  );
  if (phases.length > 0) object.kill_chain_phases = phases;
}

function techniqueReference(id: string): Reference {
  const url = `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;
  return { source_name: "mitre-attack", external_id: id, url };
}

/** How a document with these options sees its records. */
export function viewOf(instanceName: string, tlp: Tlp | null, includeIdentity: boolean): StixView {
  return { creator: includeIdentity ? identityId(instanceName) : null, tlp };
}
