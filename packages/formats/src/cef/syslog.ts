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

/** A message with the record as structured data before the event. */
export function syslogMessage(ioc: IocRecord, event: string, instanceName: string): string {
  const params: Array<readonly [string, string]> = [
    ["id", ioc.id],
    ["type", ioc.type],
    ["value", ioc.value],
    ["confidence", ioc.confidence],
    ["risk", String(ioc.riskScore)],
    ["feed", ioc.feedName],
    ["tlp", ioc.tlp],
    ...ioc.tags.map((tag) => ["tag", tag] as const),
  ];
  const data = params.map(([name, value]) => `${name}="${syslogParam(oneLine(value))}"`).join(" ");
  const app = syslogName(instanceName, 48);
  // 32473 is the number that stands for "some enterprise"; this project has none of its own.
  return `<${priorities[ioc.confidence]}>1 ${isoTime(ioc.updatedAt)} - ${app} - ${ioc.type} [ioc@32473 ${data}] ${event}`;
}
