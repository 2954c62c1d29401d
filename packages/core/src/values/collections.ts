import { type IocType, iocTypeCatalog, type Kind, kinds } from "./ioc-types";

export type Collection = {
  /** UUIDv4, the same on every instance. */
  readonly id: string;
  /** Answers in the place of the id, like `otherNames`. */
  readonly alias: string;
  readonly otherNames: readonly string[];
  readonly title: string;
  readonly description: string;
  /** null = all of them. */
  readonly kinds: readonly Kind[] | null;
};

/** In the order in which they are listed. */
export const collections: readonly Collection[] = [
  {
    id: "179776fb-2320-413e-9411-cac3e5ae61d1",
    alias: "all",
    otherNames: ["all-iocs", "soc-defenders-all"],
    title: "All indicators",
    description: "Everything: addresses, domains, URLs, hashes, e-mail addresses, CVEs and ATT&CK techniques.",
    kinds: null,
  },
  {
    id: "7be9b10e-1f1d-47f3-bfeb-4d3ce97d02a3",
    alias: "network",
    otherNames: ["soc-defenders-network"],
    title: "Network indicators",
    description: "IPv4 and IPv6 addresses and networks, domains and URLs.",
    kinds: [kinds.address, kinds.web],
  },
  {
    id: "520f907a-4119-477b-99a9-d683b7faf2f8",
    alias: "ips",
    otherNames: ["ip-addresses"],
    title: "Addresses",
    description: "IPv4 and IPv6 addresses and networks.",
    kinds: [kinds.address],
  },
  {
    id: "5161314c-b126-4f12-b845-53f79b98bfc8",
    alias: "hashes",
    otherNames: ["file-hashes", "soc-defenders-hashes"],
    title: "File hashes",
    description: "MD5, SHA-1, SHA-256 and SHA-512 of files.",
    kinds: [kinds.hash],
  },
  {
    id: "c8d5c8d6-6198-4129-9222-4c5c66f78f37",
    alias: "cves",
    otherNames: [],
    title: "Vulnerabilities",
    description: "CVEs that sources name.",
    kinds: [kinds.cve],
  },
];

const byName = new Map(collections.flatMap((one) => [one.id, one.alias, ...one.otherNames].map((name) => [name, one])));

/** The collection of an id or any of its names. */
export function findCollection(name: string): Collection | null {
  return byName.get(name.toLowerCase()) ?? null;
}

/** null where STIX has no object for it: ATT&CK ids that are no technique. */
export function kindOf(type: IocType, value: string): Kind | null {
  return iocTypeCatalog[type].kindOf(value);
}

/** The STIX type of the objects of a kind. */
export function stixTypeOf(kind: Kind): "indicator" | "vulnerability" | "attack-pattern" {
  if (kind === kinds.cve) return "vulnerability";
  return kind === kinds.technique ? "attack-pattern" : "indicator";
}

/** The kinds of these STIX types that a collection holds. */
export function kindsOf({ kinds: held }: Collection, types: readonly string[]): Kind[] {
  const all: readonly Kind[] = held ?? Object.values(kinds);
  return all.filter((kind) => types.includes(stixTypeOf(kind)));
}
