// STIX 2.1 sections 3 (common properties), 4.1 (attack pattern), 4.7 (indicator), 4.18 (vulnerability).
import type { Confidence, IocRecord, Tlp } from "@tocsin/core/iocs";
import { summaryOf } from "../summary";
import { strictest } from "../tlp";
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
  return strictest(tlp, asked ?? defaultTlps[confidence]);
}

/**
 * The STIX object of a record: an indicator, a vulnerability for a CVE, an attack pattern for a technique; null for
 * ATT&CK ids that are no technique. Its UUID is the record's own, so that the object is found again by its id.
 */
export function stixObject(ioc: IocRecord, view: StixView): StixObject | null {
  const { type, value } = ioc;
  switch (type) {
    case "cve":
      return sdo("vulnerability", ioc, view, {
        references: [{ source_name: "cve", external_id: value }],
      });
    case "mitre_attack":
      return isTechnique(value) ? sdo("attack-pattern", ioc, view, { references: [techniqueReference(value)] }) : null;
    default:
      return sdo("indicator", ioc, view, {
        indicator_types: [indicatorType(ioc.threatType)],
        pattern: stixPattern(type, value),
        pattern_type: "stix",
        pattern_version: "2.1",
        valid_from: ioc.firstSeen.toISOString(),
        // It must be later than valid_from.
        ...(ioc.validUntil !== null && ioc.validUntil > ioc.firstSeen
          ? { valid_until: ioc.validUntil.toISOString() }
          : {}),
        references: ioc.mitreTechniques.filter(isTechnique).map(techniqueReference),
      });
  }
}

type Reference = { source_name: string; external_id?: string; url?: string };

function sdo(
  type: "indicator" | "vulnerability" | "attack-pattern",
  ioc: IocRecord,
  view: StixView,
  { references, ...own }: { references: readonly Reference[] } & Record<string, unknown>,
): StixObject {
  const externalReferences = [
    ...references,
    ...(ioc.referenceUrl === null ? [] : [{ source_name: ioc.feedName, url: ioc.referenceUrl }]),
  ];
  // The first version is that of the record's arrival here; it may not be younger than this one.
  const created = new Date(Math.min(ioc.createdAt.getTime(), ioc.updatedAt.getTime()));
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${ioc.id}`,
    ...(view.creator === null ? {} : { created_by_ref: view.creator }),
    created: created.toISOString(),
    modified: ioc.updatedAt.toISOString(),
    name: ioc.value,
    description: summaryOf(ioc),
    ...own,
    ...(ioc.tags.length === 0 ? {} : { labels: ioc.tags }),
    confidence: confidences[ioc.confidence],
    ...(externalReferences.length === 0 ? {} : { external_references: externalReferences }),
    object_marking_refs: [markingId(stixTlp(ioc, view.tlp))],
  };
}

/** What the threat type says in the words of the indicator-type vocabulary. */
function indicatorType(threatType: string | null): string {
  if (threatType === null) return "malicious-activity";
  if (/\b(?:tor|proxy|vpn|anonymi)/.test(threatType)) return "anonymization";
  return /scan|probe/.test(threatType) ? "anomalous-activity" : "malicious-activity";
}

function isTechnique(id: string): boolean {
  return /^T[0-9]{4}(?:\.[0-9]{3})?$/.test(id);
}

function techniqueReference(id: string): Reference {
  const url = `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;
  return { source_name: "mitre-attack", external_id: id, url };
}

/** How a document with these options sees its records. */
export function viewOf(instanceName: string, tlp: Tlp | null, includeIdentity: boolean): StixView {
  return { creator: includeIdentity ? identityId(instanceName) : null, tlp };
}
