import { type IocRecord, levelOf } from "@tocsin/core/iocs";
import { iocId } from "@tocsin/core/values";
import { summaryOf } from "../summary";
import { ruleText } from "./rule";
import { type Sighted, sources } from "./source";

/** The rule of one record; lookup gives its rule the same id. */
export function ruleOf(ioc: IocRecord, sighted: Sighted, author: string): string {
  return ruleText({
    ...sighted,
    id: iocId(ioc.type, `sigma:${ioc.value}`),
    description: `${sighted.description} ${summaryOf(ioc)}`,
    references: ioc.referenceUrl === null ? [] : [ioc.referenceUrl],
    author,
    date: ioc.firstSeen,
    modified: ioc.updatedAt,
    techniques: ioc.mitreTechniques,
    tlp: ioc.tlp,
    source: sources[sighted.source],
    detection: sighted.selections.map(([field, value]) => [field, [value]]),
    level: levelOf(ioc.riskScore),
  });
}
