import { detect, hostOf, type IocType, iocId, networksAround } from "../values";
import type { Relation } from "./shape";

/** A record that bears on a value if it is stored. */
export type Candidate = { id: string; type: IocType; value: string; relation: "exact" | Relation };

/** The value itself, then what holds it, nearest first: networks of an address, the host of a URL, domains above. */
export function candidatesOf(type: IocType, value: string): Candidate[] {
  return [candidate(type, value, "exact"), ...aroundOf(type, value)];
}

function aroundOf(type: IocType, value: string): Candidate[] {
  if (type === "ipv4" || type === "ipv6") {
    return networksAround(value).map((network) => candidate(type, network, "network"));
  }
  if (type === "domain") return parentsOf(value).map((parent) => candidate("domain", parent, "parent_domain"));
  const host = type === "url" || type === "email" ? hostOf(value) : null;
  const found = host === null ? null : detect(host);
  if (!found?.ok) return [];
  return [candidate(found.type, found.value, "host"), ...aroundOf(found.type, found.value)];
}

/** The domains above a domain that have two labels or more, nearest first. */
function parentsOf(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."));
}

function candidate(type: IocType, value: string, relation: Candidate["relation"]): Candidate {
  return { id: iocId(type, value), type, value, relation };
}
