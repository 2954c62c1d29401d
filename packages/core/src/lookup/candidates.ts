import { type Address, formatAddress, maskAddress, parseIpv4, parseIpv6, widthOf } from "../iocs/address";
import { detect } from "../iocs/detect";
import { iocId } from "../iocs/ioc-id";
import type { IocType } from "../iocs/observation";
import { hostOf } from "./host-of";
import type { Relation } from "./shape";

/** A record that bears on a value if it is held. */
export type Candidate = { id: string; type: IocType; value: string; relation: "exact" | Relation };

// The widest networks that normalising accepts.
const leastBits = { ipv4: 8, ipv6: 16 } as const;

/** The value itself, then what holds it, nearest first: networks of an address, the host of a URL, domains above. */
export function candidatesOf(type: IocType, value: string): Candidate[] {
  return [candidate(type, value, "exact"), ...aroundOf(type, value)];
}

function aroundOf(type: IocType, value: string): Candidate[] {
  if (type === "ipv4" || type === "ipv6") {
    return networksAround(type, value).map((network) => candidate(type, network, "network"));
  }
  if (type === "domain") return parentsOf(value).map((parent) => candidate("domain", parent, "parent_domain"));
  const host = type === "url" || type === "email" ? hostOf(value) : null;
  const found = host === null ? null : detect(host);
  if (!found?.ok) return [];
  return [candidate(found.type, found.value, "host"), ...aroundOf(found.type, found.value)];
}

/** The networks that contain a normalised address or network, narrowest first. */
function networksAround(type: Address["type"], value: string): string[] {
  const [text = "", length] = value.split("/");
  const parsed = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  if (!parsed.ok) return [];
  const networks: string[] = [];
  for (let bits = Number(length ?? widthOf(type)) - 1; bits >= leastBits[type]; bits -= 1) {
    networks.push(`${formatAddress(maskAddress(parsed.address, bits))}/${bits}`);
  }
  return networks;
}

/** The domains above a domain that have two labels or more, nearest first. */
function parentsOf(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(1, -1).map((_, index) => labels.slice(index + 1).join("."));
}

function candidate(type: IocType, value: string, relation: Candidate["relation"]): Candidate {
  return { id: iocId(type, value), type, value, relation };
}
