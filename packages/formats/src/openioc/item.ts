// OpenIOC: terms of IndicatorItem.
import type { IocRecord } from "@tocsin/core/iocs";
import { nameUuid } from "../uuid";
import { vocabulary } from "../vocabulary";
import { xmlText } from "./xml";

export type Version = "1.0" | "1.1";

/** The item of a record, or null where OpenIOC has no term. */
export function openIocItem({ type, value }: IocRecord, version: Version): string | null {
  const term = vocabulary[type].openIoc;
  if (term === null) return null;
  const { search, content } = term;
  const id = nameUuid(`openioc:item:${type}:${value}`);
  // Paths tell upper from lower case; nothing else does.
  const extra = version === "1.1" ? ` preserve-case="${type === "url"}" negate="false"` : "";
  return (
    `      <IndicatorItem id="${id}" condition="is"${extra}>\n` +
    `        <Context document="${search.slice(0, search.indexOf("/"))}" search="${search}" type="mir"/>\n` +
    `        <Content type="${content}">${xmlText(value)}</Content>\n` +
    "      </IndicatorItem>\n"
  );
}
