import type { IocType } from "@tocsin/core/values";
import { addressType } from "./said";

/** Words that sources have for Tocsin's types. */
const types: Readonly<Record<string, IocType | "ip">> = {
  ip: "ip",
  ipaddress: "ip",
  ipaddr: "ip",
  ipsrc: "ip",
  ipdst: "ip",
  ipport: "ip",
  ipaddressport: "ip",
  ipv4port: "ip",
  ipv4address: "ip",
  ipv6address: "ip",
  ipv4: "ip",
  ipv4addr: "ip",
  ipv6: "ip",
  ipv6addr: "ip",
  cidr: "ip",
  subnet: "ip",
  network: "ip",
  domain: "domain",
  domainname: "domain",
  fqdn: "domain",
  host: "domain",
  hostname: "domain",
  url: "url",
  uri: "url",
  link: "url",
  md5: "md5",
  md5hash: "md5",
  hashmd5: "md5",
  filehashmd5: "md5",
  sha1: "sha1",
  sha1hash: "sha1",
  hashsha1: "sha1",
  filehashsha1: "sha1",
  sha256: "sha256",
  sha256hash: "sha256",
  hashsha256: "sha256",
  filehashsha256: "sha256",
  sha512: "sha512",
  sha512hash: "sha512",
  filehashsha512: "sha512",
  hashsha512: "sha512",
  email: "email",
  emailaddr: "email",
  emailaddress: "email",
  mail: "email",
  emailsender: "email",
  sender: "email",
  cve: "cve",
  vulnerability: "cve",
};

/** Case, blanks and signs apart. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, "");
}

export function isTypeWord(word: string): boolean {
  return Object.hasOwn(types, plainWord(word));
}

/** The type that a source's word for it means; undefined for a word of no type of ours. */
export function statedType(word: string, value: string): IocType | undefined {
  const plain = plainWord(word);
  const type = Object.hasOwn(types, plain) ? types[plain] : undefined;
  return type === "ip" ? addressType(value) : type;
}
