// OpenIOC: terms of IndicatorItem.
import type { IocRecord } from "@tocsin/core/iocs";
import type { IocType } from "@tocsin/core/values";
import { nameUuid } from "../uuid";
import { xmlText } from "./xml";

export type Version = "1.0" | "1.1";

type Term = { search: string; content: string };

/** There are terms for a file's MD5, SHA-1 and SHA-256 only, and none for vulnerabilities and techniques. */
const terms: Readonly<Record<Exclude<IocType, "sha512" | "cve" | "mitre_attack">, Term>> = {
  ipv4: { search: "PortItem/remoteIP", content: "IP" },
  ipv6: { search: "PortItem/remoteIP", content: "IP" },
  domain: { search: "Network/DNS", content: "string" },
  url: { search: "Network/URI", content: "string" },
  md5: { search: "FileItem/Md5sum", content: "md5" },
  sha1: { search: "FileItem/Sha1sum", content: "sha1" },
  sha256: { search: "FileItem/Sha256sum", content: "sha256" },
  email: { search: "Email/From", content: "string" },
};

/** The item of a record, or null where OpenIOC has no term. */
export function openIocItem({ type, value }: IocRecord, version: Version): string | null {
  if (type === "sha512" || type === "cve" || type === "mitre_attack") return null;
  const { search, content } = terms[type];
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
