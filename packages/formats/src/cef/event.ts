// Common Event Format, version 0.

import type { IocRecord } from "@tocsin/core/iocs";
import { type Confidence, iocTypeCatalog } from "@tocsin/core/values";
import { cut, oneLine } from "../summary";
import { vocabulary } from "../vocabulary";
import { cefHeader, cefValue } from "./escape";

const severities = { high: 8, medium: 6, low: 3 } as const satisfies Record<Confidence, number>;

/** The longest value that a key holds, in characters. */
const longest = { cs: 4000, msg: 1023, cat: 1023 } as const;

type Pair = readonly [key: string, value: string];

/**
 * One event of a record; null when no key holds the value whole, since a part of it would be another value. Control
 * characters in what a source wrote become spaces, so that an event is always one line.
 */
export function cefEvent(ioc: IocRecord, instanceName: string): string | null {
  const subject = subjectOf(ioc);
  if (subject === null) return null;
  const { type, confidence } = ioc;
  const header = [
    "CEF:0",
    cefHeader(instanceName) || "Tocsin",
    "ThreatIntel",
    "1.0",
    type,
    `Malicious ${vocabulary[type].cef.name}`,
    severities[confidence],
  ].join("|");
  const pairs: Pair[] = [
    ...subject,
    ["cs1", confidence],
    ["cs1Label", "Confidence"],
    ...labelled("cs2", "Feed", ioc.feedName),
    ...labelled("cs4", "MalwareFamily", ioc.malwareFamily),
    ...labelled("cs5", "TLP", ioc.tlp),
    ...labelled("cs6", "Reference", ioc.referenceUrl),
    ["cn1", String(ioc.riskScore)],
    ["cn1Label", "RiskScore"],
    ...text("cat", ioc.threatType, longest.cat),
    ...text("msg", ioc.article?.title ?? ioc.context, longest.msg),
    ["externalId", ioc.id],
    ["start", String(ioc.firstSeen.getTime())],
    ["end", String(ioc.lastSeen.getTime())],
    ["rt", String(ioc.updatedAt.getTime())],
  ];
  return `${header}|${pairs.map(([key, value]) => `${key}=${cefValue(value)}`).join(" ")}`;
}

/** The keys that hold the value itself: the one that its type has, or a custom string. */
function subjectOf({ type, value }: IocRecord): Pair[] | null {
  const { key, keyLabel, most, label } = vocabulary[type].cef;
  const network = iocTypeCatalog[type].nature === "address" && value.includes("/");
  if (key === null || network || (most !== undefined && value.length > most)) return custom(label, value);
  return keyLabel === undefined
    ? [[key, value]]
    : [
        [key, value],
        [`${key}Label`, keyLabel],
      ];
}

function custom(label: string, value: string): Pair[] | null {
  if (value.length > longest.cs) return null;
  return [
    ["cs3", value],
    ["cs3Label", label],
  ];
}

function labelled(key: string, label: string, value: string | null): Pair[] {
  const pairs = text(key, value, longest.cs);
  return pairs.length === 0 ? [] : [...pairs, [`${key}Label`, label]];
}

/** A pair of text that may be cut, or none where there is nothing to say. */
function text(key: string, value: string | null, most: number): Pair[] {
  const written = cut(oneLine(value ?? "").trim(), most).trim();
  return written === "" ? [] : [[key, written]];
}
