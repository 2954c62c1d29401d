// What sources call each type of indicator: the one table to fill in for a new type. Empty: none has a word for it.
import { type IocType, iocTypes } from "@tocsin/core/values";
import { addressType } from "./said";

type Words = {
  /** Columns and fields that state a type, in lower case and without signs. */
  readonly stated: readonly string[];
  /** Types of MISP's attributes that events mark as fit for detection. */
  readonly misp: readonly string[];
  /** Attributes that MISP's warninglists are about, without what is joined to them by `|`. */
  readonly warninglist: readonly string[];
  /** Object paths of STIX patterns, in lower case and without quotes. */
  readonly stixPath: readonly string[];
  /** Terms of OpenIOC's two vocabularies, in lower case; the part behind the first `/` is enough. */
  readonly openIoc: readonly string[];
};

// Sources rarely tell the two apart; the value does. MISP, STIX and OpenIOC have more words than a table can hold.
const address: Words = {
  stated: [
    ...["ip", "ipaddress", "ipaddr", "ipsrc", "ipdst", "ipport", "ipaddressport", "ipv4port", "ipv4address"],
    ...["ipv6address", "ipv4", "ipv4addr", "ipv6", "ipv6addr", "cidr", "subnet", "network"],
  ],
  misp: [],
  warninglist: ["ip", "ip-src", "ip-dst"],
  stixPath: [],
  openIoc: [],
};

const hash = (name: string): Words => ({
  stated: [name, `${name}hash`, `hash${name}`, `filehash${name}`],
  misp: [name],
  warninglist: [name],
  stixPath: [`file:hashes.${name}`],
  openIoc: [`${name}sum`],
});

const words: Readonly<Record<IocType, Words>> = {
  ipv4: address,
  ipv6: address,
  domain: {
    stated: ["domain", "domainname", "fqdn", "host", "hostname"],
    misp: ["domain", "hostname"],
    warninglist: ["domain", "hostname"],
    stixPath: ["domain-name:value"],
    openIoc: ["dnsentryitem/host", "dnsentryitem/recordname", "network/dns", "routeentryitem/destination"],
  },
  url: {
    stated: ["url", "uri", "link"],
    misp: ["url"],
    warninglist: ["url", "uri", "link"],
    stixPath: ["url:value"],
    openIoc: ["urlhistoryitem/url"],
  },
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  sha512: { ...hash("sha512"), openIoc: [] },
  email: {
    stated: ["email", "emailaddr", "emailaddress", "mail", "emailsender", "sender"],
    misp: ["email-src", "email-dst", "email-reply-to", "email"],
    warninglist: ["email", "email-src", "email-dst"],
    stixPath: ["email-addr:value", "email-message:from_ref.value", "email-message:sender_ref.value"],
    openIoc: ["email/from"],
  },
  cve: {
    stated: ["cve", "vulnerability"],
    misp: ["vulnerability"],
    warninglist: [],
    stixPath: ["vulnerability:name"],
    openIoc: [],
  },
  // Techniques are tags and attributes of what a source reports, no values of their own.
  mitre_attack: { stated: [], misp: [], warninglist: [], stixPath: [], openIoc: [] },
};

/** Each word of one vocabulary → the types that it may mean. */
export function typesByWord(vocabulary: keyof Words): ReadonlyMap<string, readonly IocType[]> {
  const types = new Map<string, IocType[]>();
  for (const type of iocTypes) {
    for (const word of words[type][vocabulary]) types.set(word, [...(types.get(word) ?? []), type]);
  }
  return types;
}

/** The type that a word means beside a value; undefined for a word of no type of ours. */
export function typeMeant(types: readonly IocType[] | undefined, value: string): IocType | undefined {
  return types && types.length > 1 ? addressType(value) : types?.[0];
}
