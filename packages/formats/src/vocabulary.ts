// What each format calls each type of indicator: the one table to fill in for a new type. null: the format has no word.
import { type IocType, iocTypes } from "@tocsin/core/values";

/** MISP core format: the pairs of category and type are those that describeTypes allows. */
export type MispKind = { readonly type: string; readonly category: string; readonly toIds: boolean };

/** CEF: the key that holds a value, and what a custom string is labelled that holds what the key cannot. */
export type CefWords = {
  /** In the event's name. */
  readonly name: string;
  readonly key: string | null;
  /** Of a key that is a custom field. */
  readonly keyLabel?: string;
  /** The longest value that the key holds, in characters. */
  readonly most?: number;
  readonly label: string;
};

export type TypeWords = {
  /** STIX 2.1: the object path of a pattern, or an object that is of its own kind. */
  readonly stix: { readonly path: string } | { readonly object: "vulnerability" | "attack-pattern" } | null;
  readonly misp: MispKind | null;
  /** OpenIOC: the term, and the type of its content. */
  readonly openIoc: { readonly search: string; readonly content: string } | null;
  readonly cef: CefWords;
  /** Sigma: how its log source shows the value. */
  readonly sigma: "address" | "domain" | "url" | "file" | null;
  /** Suricata: the keyword of a rule, and the dataset. */
  readonly suricata: {
    readonly rule: "address" | "dns" | "http" | null;
    readonly dataset: "domain" | "md5" | "sha256" | "ip" | null;
  };
  /** Zeek's intelligence framework. */
  readonly zeek: string | null;
  /** Lists that firewalls, hosts and resolvers read. */
  readonly edl: "ip" | "domain" | "url" | null;
  readonly hosts: boolean;
  readonly rpz: "name" | "address" | null;
};

const network = (type: string): MispKind => ({ type, category: "Network activity", toIds: true });
const file = (type: string): MispKind => ({ type, category: "Payload delivery", toIds: true });

const address = {
  misp: network("ip-src"),
  openIoc: { search: "PortItem/remoteIP", content: "IP" },
  sigma: "address",
  suricata: { rule: "address", dataset: "ip" },
  zeek: "Intel::ADDR",
  edl: "ip",
  hosts: false,
  rpz: "address",
} as const satisfies Partial<TypeWords>;

const hash = { zeek: "Intel::FILE_HASH", edl: null, hosts: false, rpz: null } as const satisfies Partial<TypeWords>;
const fileHash = { key: "fileHash", label: "Hash" } as const;
const nowhere = {
  openIoc: null,
  sigma: null,
  suricata: { rule: null, dataset: null },
  zeek: null,
  edl: null,
  hosts: false,
  rpz: null,
} as const satisfies Partial<TypeWords>;

export const vocabulary: Readonly<Record<IocType, TypeWords>> = {
  ipv4: { ...address, stix: { path: "ipv4-addr:value" }, cef: { name: "IPv4", key: "src", label: "Network" } },
  ipv6: {
    ...address,
    stix: { path: "ipv6-addr:value" },
    cef: { name: "IPv6", key: "c6a2", keyLabel: "Source IPv6 Address", label: "Network" },
  },
  domain: {
    stix: { path: "domain-name:value" },
    misp: network("domain"),
    openIoc: { search: "Network/DNS", content: "string" },
    cef: { name: "Domain", key: "destinationDnsDomain", label: "Domain" },
    sigma: "domain",
    suricata: { rule: "dns", dataset: "domain" },
    zeek: "Intel::DOMAIN",
    edl: "domain",
    hosts: true,
    rpz: "name",
  },
  url: {
    stix: { path: "url:value" },
    misp: network("url"),
    openIoc: { search: "Network/URI", content: "string" },
    cef: { name: "URL", key: "request", most: 1023, label: "URL" },
    sigma: "url",
    suricata: { rule: "http", dataset: null },
    zeek: "Intel::URL",
    edl: "url",
    hosts: false,
    rpz: null,
  },
  md5: {
    ...hash,
    stix: { path: "file:hashes.MD5" },
    misp: file("md5"),
    openIoc: { search: "FileItem/Md5sum", content: "md5" },
    cef: { name: "MD5", ...fileHash },
    sigma: "file",
    suricata: { rule: null, dataset: "md5" },
  },
  sha1: {
    ...hash,
    stix: { path: "file:hashes.'SHA-1'" },
    misp: file("sha1"),
    openIoc: { search: "FileItem/Sha1sum", content: "sha1" },
    cef: { name: "SHA1", ...fileHash },
    sigma: "file",
    suricata: { rule: null, dataset: null },
  },
  sha256: {
    ...hash,
    stix: { path: "file:hashes.'SHA-256'" },
    misp: file("sha256"),
    openIoc: { search: "FileItem/Sha256sum", content: "sha256" },
    cef: { name: "SHA256", ...fileHash },
    sigma: "file",
    suricata: { rule: null, dataset: "sha256" },
  },
  sha512: {
    ...hash,
    stix: { path: "file:hashes.'SHA-512'" },
    misp: file("sha512"),
    openIoc: null,
    cef: { name: "SHA512", ...fileHash },
    sigma: null,
    suricata: { rule: null, dataset: null },
  },
  email: {
    ...nowhere,
    stix: { path: "email-addr:value" },
    misp: file("email-src"),
    openIoc: { search: "Email/From", content: "string" },
    cef: { name: "Email", key: "suser", label: "Sender" },
    zeek: "Intel::EMAIL",
  },
  cve: {
    ...nowhere,
    stix: { object: "vulnerability" },
    misp: { type: "vulnerability", category: "External analysis", toIds: false },
    cef: { name: "CVE", key: null, label: "Vulnerability" },
  },
  mitre_attack: {
    ...nowhere,
    stix: { object: "attack-pattern" },
    // Techniques are galaxy clusters there.
    misp: null,
    cef: { name: "ATT&CK", key: null, label: "Technique" },
  },
};

/** The types that a format holds. */
export function typesWith(has: (words: TypeWords) => boolean): IocType[] {
  return iocTypes.filter((type) => has(vocabulary[type]));
}
