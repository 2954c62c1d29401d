// MISP core format: events. Numbers are strings.
import type { IocRecord } from "@tocsin/core/iocs";
import { strictestTlp, type Tlp } from "@tocsin/core/values";
import { cut, oneLine } from "../summary";
import { nameUuid } from "../uuid";
import { type MispTag, mispAttribute, tlpTag, unixSeconds } from "./attribute";

/** What an event says of itself before any attribute is known. */
export type EventHead = {
  readonly uuid: string;
  readonly info: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly published: boolean;
};

type Org = { readonly name: string; readonly uuid: string };

/** Characters. */
const longestInfo = 256;

export function mispOrg(instanceName: string): Org {
  return { name: instanceName, uuid: nameUuid(`misp:org:${instanceName}`) };
}

/** The text of an event before its attributes; the Attribute list is left open. */
export function openEvent({ uuid, info, date, published }: EventHead, instanceName: string): string {
  const head = {
    uuid,
    info: cut(oneLine(info), longestInfo),
    date,
    ...fixed,
    distribution: "0",
    published,
    Orgc: mispOrg(instanceName),
  };
  return `{"Event":${JSON.stringify(head).slice(0, -1)},"Attribute":[`;
}

/** What every event of ours has: undefined threat level, since one event holds many threats; analysis completed. */
const fixed = { threat_level_id: "4", analysis: "2" } as const;

/** The text that closes an event: what is known only when all attributes are. */
export function closeEvent(tail: { readonly tlp: Tlp; readonly timestamp: Date; readonly published: boolean }): string {
  const timestamp = unixSeconds(tail.timestamp);
  const rest = { timestamp, publish_timestamp: tail.published ? timestamp : "0", Tag: eventTags(tail.tlp) };
  return `\n],${JSON.stringify(rest).slice(1)}}\n`;
}

/** An event's line in a feed's manifest. */
export function manifestEntry(
  { info, date }: EventHead,
  tail: { readonly tlp: Tlp; readonly timestamp: Date },
  instanceName: string,
) {
  return {
    info: cut(oneLine(info), longestInfo),
    Orgc: mispOrg(instanceName),
    ...fixed,
    timestamp: unixSeconds(tail.timestamp),
    date,
    Tag: eventTags(tail.tlp),
  };
}

function eventTags(tlp: Tlp): MispTag[] {
  return [tlpTag(tlp)];
}

/** The attributes of a page as text, each on a line of its own; `first` says whether none came before. */
export function attributeText(iocs: readonly IocRecord[], eventUuid: string, first: boolean): string {
  const texts: string[] = [];
  for (const ioc of iocs) {
    const attribute = mispAttribute(ioc, eventUuid);
    if (attribute !== null) texts.push(JSON.stringify(attribute));
  }
  return texts.length === 0 ? "" : `${first ? "\n" : ",\n"}${texts.join(",\n")}`;
}

/** The most restrictive label among records and a label. */
export function strictestOf(iocs: readonly IocRecord[], tlp: Tlp): Tlp {
  return iocs.reduce((so, ioc) => strictestTlp(so, ioc.tlp), tlp);
}
