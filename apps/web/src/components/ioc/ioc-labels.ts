import { optionsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

type Ioc = Outputs["iocs"]["list"]["data"][number];
export type IocType = Ioc["type"];
export type Category = Ioc["source"]["category"];
export type Confidence = Ioc["confidence"];

export const typeLabels = {
  ipv4: "IPv4",
  ipv6: "IPv6",
  domain: "Domain",
  url: "URL",
  md5: "MD5",
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha512: "SHA-512",
  email: "Email",
  cve: "CVE",
  mitre_attack: "ATT&CK",
} as const satisfies Record<IocType, string>;

export const categoryLabels = {
  news: "News",
  research: "Research",
  "threat-intel": "Threat intelligence",
  vendor: "Vendor",
  government: "Government",
  "threat-feed": "Threat feed",
  community: "Community",
  commercial: "Commercial",
} as const satisfies Record<Category, string>;

/** The surest first. */
export const confidenceLabels = { high: "High", medium: "Medium", low: "Low" } as const satisfies Record<
  Confidence,
  string
>;

export const typeOptions = optionsOf(typeLabels);
export const categoryOptions = optionsOf(categoryLabels);
export const confidenceOptions = optionsOf(confidenceLabels);
