// STIX 2.1 section 9: patterning.
import type { IocRecord } from "@tocsin/core/iocs";
import type { IocType } from "@tocsin/core/values";

/** Types of values that an observation can show; the others are objects of their own. */
export type PatternType = Exclude<IocType, "cve" | "mitre_attack">;

const paths: Readonly<Record<PatternType, string>> = {
  ipv4: "ipv4-addr:value",
  ipv6: "ipv6-addr:value",
  domain: "domain-name:value",
  url: "url:value",
  md5: "file:hashes.MD5",
  sha1: "file:hashes.'SHA-1'",
  sha256: "file:hashes.'SHA-256'",
  sha512: "file:hashes.'SHA-512'",
  email: "email-addr:value",
};

/** One observation with one comparison, which every consumer reads; a network matches what lies in it. */
export function stixPattern(type: PatternType, value: IocRecord["value"]): string {
  const network = (type === "ipv4" || type === "ipv6") && value.includes("/");
  return `[${paths[type]} ${network ? "ISSUBSET" : "="} ${stixString(value)}]`;
}

/** A string literal of a pattern: section 9.3, where the quote and the backslash are all that is escaped. */
export function stixString(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
