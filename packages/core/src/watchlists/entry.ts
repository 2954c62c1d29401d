import { parse } from "tldts";
import { type EntryKind, entryKinds, wordsOf } from "../matching";
import { detect, type IocType, iocTypeCatalog, normalForm, resolveAs } from "../values";

/** What is watched, in its normal form; `iocType` only of a single value. */
export type Watched = { kind: EntryKind; value: string; iocType: IocType | null };
export type ReadEntry = { ok: true; entry: Watched } | { ok: false; problem: string; allowed: string };

const allowedOf: Record<EntryKind | "any", string> = {
  network: "an IPv4 or IPv6 address or network such as 192.0.2.0/24, /8 (IPv4) or /16 (IPv6) at the widest",
  domain: "a domain such as example.org, or @example.org for the addresses under it",
  value: "a hash, a URL, an e-mail address, a CVE or an ATT&CK id, of at most 2,000 bytes",
  term: "3 to 100 characters with at least three letters or digits, on one line",
  any: "a network, a domain, a hash, a URL, an e-mail address, a CVE or a word of three letters or more",
};

const longestTerm = 100;

/** What a text names; without a kind, in front of it or beside it, that is found out. */
export function readEntry(text: string, kind?: EntryKind): ReadEntry {
  if (kind) return readAs(kind, text);
  const prefix = /^(network|domain|value|term):\s*(.*)$/isu.exec(text);
  const named = prefix && entryKinds.find((each) => each === prefix[1]?.toLowerCase());
  return named ? readAs(named, prefix[2] ?? "") : readAny(text);
}

function readAs(kind: EntryKind, text: string): ReadEntry {
  if (kind === "term") return readTerm(text);
  if (kind === "domain") return readDomain(text);
  if (domainOfAddresses.test(text)) return no(kind, "is a domain");
  const found = kind === "network" ? asNetwork(text) : detect(text);
  if (!found.ok) return no(kind, found.problem);
  const entry = watchedOf(found);
  if (isTooLong(entry)) return no(kind, tooLong);
  return entry.kind === kind ? { ok: true, entry } : no(kind, `is a ${entry.kind}`);
}

/** A text that is no indicator and cannot be meant as one is a term. */
function readAny(text: string): ReadEntry {
  if (domainOfAddresses.test(text)) return readDomain(text);
  const found = detect(text);
  if (!found.ok) return /^[\p{L}\p{N}][\p{L}\p{N}\s&+'’_-]*$/u.test(text) ? readTerm(text) : no("any", found.problem);
  const entry = watchedOf(found);
  if (isTooLong(entry)) return no("any", tooLong);
  return entry.kind === "domain" ? checkedDomain(entry) : { ok: true, entry };
}

/** Bytes of UTF-8; the index that keeps entries apart holds no more. */
const longestValue = 2_000;
const tooLong = `is longer than ${longestValue} bytes`;

function isTooLong({ value }: Watched): boolean {
  return Buffer.byteLength(value) > longestValue;
}

const domainOfAddresses = /^@[^\s@]+$/;

function watchedOf({ type, value }: { type: IocType; value: string }): Watched {
  const { nature } = iocTypeCatalog[type];
  if (nature === "address") return { kind: "network", value, iocType: null };
  if (nature === "name") return { kind: "domain", value, iocType: null };
  return { kind: "value", value, iocType: type };
}

function asNetwork(text: string) {
  return resolveAs(text.includes(":") ? "ipv6" : "ipv4", text);
}

function readDomain(text: string): ReadEntry {
  const found = resolveAs("domain", text.replace(/^@/, ""));
  if (!found.ok) return no("domain", found.problem);
  return checkedDomain({ kind: "domain", value: found.value, iocType: null });
}

function checkedDomain(entry: Watched): ReadEntry {
  const { domain } = parse(entry.value, { validateHostname: false });
  if (domain === null) return no("domain", "is an ending that everybody registers under: every name would match");
  return { ok: true, entry };
}

function readTerm(text: string): ReadEntry {
  const value = normalForm(text, "NFKC").replace(/\s+/gu, " ").trim();
  if ([...value].length > longestTerm) return no("term", "is too long");
  if (wordsOf(value).join("").length < 3) return no("term", "is too short: it would be found everywhere");
  return { ok: true, entry: { kind: "term", value, iocType: null } };
}

function no(kind: EntryKind | "any", problem: string): ReadEntry {
  return { ok: false, problem, allowed: allowedOf[kind] };
}
