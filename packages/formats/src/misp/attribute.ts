// MISP core format: attributes.
import { techniqueOf } from "@tocsin/core/attack";
import type { IocRecord } from "@tocsin/core/iocs";
import { type Category, type Confidence, isoTime, type Tlp } from "@tocsin/core/values";
import { summaryOf } from "../summary";
import { nameUuid } from "../uuid";
import { vocabulary } from "../vocabulary";

export type MispTag = { readonly name: string; readonly colour: string };

const tlpColours = {
  clear: "#FFFFFF",
  green: "#33FF00",
  amber: "#FFC000",
  "amber+strict": "#FFC000",
  red: "#FF2B2B",
} as const satisfies Record<Tlp, string>;

export function tlpTag(tlp: Tlp): MispTag {
  return { name: `tlp:${tlp}`, colour: tlpColours[tlp] };
}

const certainty = {
  high: "usually-confident",
  medium: "fairly-confident",
  low: "rarely-confident",
} as const satisfies Record<Confidence, string>;

const sourceTypes = {
  news: "blog-post",
  research: "technical-report",
  "threat-intel": "technical-report",
  vendor: "technical-report",
  government: "technical-report",
  "threat-feed": "block-or-filter-list",
  community: "block-or-filter-list",
  commercial: "block-or-filter-list",
} as const satisfies Record<Category, string>;

const plainColour = "#777777";
/** Characters that MISP keeps of a tag's name. */
const longestTag = 255;

/**
 * The attribute of a record within an event, or null where MISP has none. Its uuid is the same for an event, a type and
 * a value: MISP refuses an attribute whose uuid another event holds already.
 */
export function mispAttribute(ioc: IocRecord, eventUuid: string): Readonly<Record<string, unknown>> | null {
  const { misp } = vocabulary[ioc.type];
  if (misp === null) return null;
  const { type, category, toIds } = misp;
  return {
    uuid: nameUuid(`misp:attribute:${eventUuid}:${ioc.type}:${ioc.value}`),
    type,
    category,
    value: ioc.value,
    to_ids: toIds,
    distribution: "5",
    timestamp: unixSeconds(ioc.updatedAt),
    comment: commentOf(ioc),
    deleted: false,
    disable_correlation: false,
    first_seen: isoTime(ioc.firstSeen),
    // MISP refuses an attribute that was last seen before it was first seen.
    // biome-ignore lint/complexity/useMathMinMax: these are dates
    last_seen: isoTime(ioc.lastSeen > ioc.firstSeen ? ioc.lastSeen : ioc.firstSeen),
    Tag: tagsOf(ioc),
  };
}

export function unixSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}

function commentOf(ioc: IocRecord): string {
  const techniques = ioc.mitreTechniques.length === 0 ? "" : ` ATT&CK: ${ioc.mitreTechniques.join(", ")}.`;
  const reference = ioc.referenceUrl === null ? "" : ` ${ioc.referenceUrl}`;
  return `${summaryOf(ioc)}${techniques}${reference}`;
}

function tagsOf(ioc: IocRecord): MispTag[] {
  const words = [
    `misp:confidence-level="${certainty[ioc.confidence]}"`,
    `osint:source-type="${sourceTypes[ioc.category]}"`,
    // A galaxy cluster is tagged by its name.
    ...ioc.mitreTechniques.flatMap((id) => {
      const technique = techniqueOf(id, ioc.updatedAt);
      return technique ? [`misp-galaxy:mitre-attack-pattern="${technique.name} - ${id}"`] : [];
    }),
    // One label of the TLP a thing: the taxonomy is exclusive, and this record's own has been decided.
    ...ioc.tags.filter((tag) => tag.length <= longestTag && !/^tlp:/i.test(tag)),
  ];
  return [tlpTag(ioc.tlp), ...[...new Set(words)].map((name) => ({ name, colour: plainColour }))];
}
