// RFC 5424: the syslog protocol; RFC 5612 for the enterprise number.

import type { IocRecord } from "@tocsin/core/iocs";
import { type Confidence, isoTime } from "@tocsin/core/values";
import { oneLine } from "../summary";
import { syslogName, syslogParam } from "./escape";

/** Facility local0, severities error, warning and notice. */
const priorities = { high: 16 * 8 + 3, medium: 16 * 8 + 4, low: 16 * 8 + 5 } as const satisfies Record<
  Confidence,
  number
>;

/** Bytes of a message that receivers take without a word in their configuration: rsyslog's default, the least of the common. */
const longestMessage = 8_192;

/**
 * A message with the record as structured data before the event. One that would be too long goes without its tags, then
 * without the value, which the event has too; null where it still is, since a receiver would cut it within the value.
 */
export function syslogMessage(ioc: IocRecord, event: string, instanceName: string): string | null {
  const value = ["value", ioc.value] as const;
  const tags = ioc.tags.map((tag) => ["tag", tag] as const);
  for (const more of [[value, ...tags], [value], []]) {
    const message = messageOf(ioc, more, event, instanceName);
    if (Buffer.byteLength(message) <= longestMessage) return message;
  }
  return null;
}

type Param = readonly [name: string, value: string];

function messageOf(ioc: IocRecord, more: readonly Param[], event: string, instanceName: string): string {
  const params: Param[] = [
    ["id", ioc.id],
    ["type", ioc.type],
    ...more.filter(([name]) => name === "value"),
    ["confidence", ioc.confidence],
    ["risk", String(ioc.riskScore)],
    ["feed", ioc.feedName],
    ["tlp", ioc.tlp],
    ...more.filter(([name]) => name === "tag"),
  ];
  const data = params.map(([name, value]) => `${name}="${syslogParam(oneLine(value))}"`).join(" ");
  const app = syslogName(instanceName, 48);
  // 32473 is the number that stands for "some enterprise"; this project has none of its own.
  return `<${priorities[ioc.confidence]}>1 ${isoTime(ioc.updatedAt)} - ${app} - ${ioc.type} [ioc@32473 ${data}] ${event}`;
}
