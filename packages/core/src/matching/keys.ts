import { formatNetwork, type IocType, type Network, networkAt, parseNetwork, plainForm, plainForms } from "../values";
import { skeletonOf } from "./confusable";
import { deletionsOf, registeredOf } from "./look-alike";
import type { Subject } from "./subject";
import type { EntryKind } from "./vocabulary";
import { rarestOf, wordsOf } from "./words";

type Keyed = { kind: EntryKind; value: string; iocType: IocType | null; lookalikes: boolean };

/**
 * What a subject must have one of to be compared with an entry: whatever matches an entry shares a key with it, and few
 * others do. A network that lies inside of a changed one is the exception (`findMatches`).
 */
export function entryKeys({ kind, value, iocType, lookalikes }: Keyed): string[] {
  if (kind === "network") {
    const network = parseNetwork(value);
    return network ? [`net:${formatNetwork(network)}`] : [];
  }
  if (kind === "value") {
    const forms = iocType === null ? [value] : [value, plainForm(iocType, value)];
    return forms.map((form) => short(`value:${iocType}:${form}`));
  }
  if (kind === "term") {
    const words = wordsOf(value);
    return [`word:${rarestOf(words)}`, `name:${words.join("")}`];
  }
  return [`domain:${value}`, ...(lookalikes ? lookalikeKeys(value) : [])];
}

function lookalikeKeys(domain: string): string[] {
  const own = registeredOf(domain);
  if (!own) return [];
  const near = deletionsOf(own.name).map((part) => `near:${part}`);
  return [`within:${domain}`, `skeleton:${skeletonOf(own.name)}`, ...near];
}

/** Which families of keys are worth making: what no entry has need not be looked for. */
export type KeyFamilies = {
  lookalikes: boolean;
  terms: boolean;
  /** The prefix lengths of the networks that are watched. */
  lengths: readonly number[];
};

export function subjectKeys(subject: Subject, { lookalikes, terms, lengths }: KeyFamilies): string[] {
  const keys = subject.values.flatMap(({ type, value }) =>
    [value, ...plainForms(type, value)].map((form) => short(`value:${type}:${form}`)),
  );
  if (subject.network) keys.push(...networkKeys(subject.network, lengths));
  if (subject.domain !== null) {
    keys.push(...domainsAbove(subject.domain).map((domain) => `domain:${domain}`));
    if (lookalikes) keys.push(...nearKeys(subject.domain));
  }
  if (terms) for (const text of subject.texts) addTextKeys(keys, text);
  return keys;
}

/** A short text may be a name as a whole, such as a tag. Pushed one by one: an article has more words than a call takes. */
function addTextKeys(keys: string[], words: readonly string[]): void {
  for (const word of words) keys.push(`word:${word}`);
  if (words.length <= 4) keys.push(`name:${words.join("")}`);
}

function networkKeys({ address, bits }: Network, lengths: readonly number[]): string[] {
  return lengths.filter((length) => length <= bits).map((length) => `net:${formatNetwork(networkAt(address, length))}`);
}

function nearKeys(host: string): string[] {
  const other = registeredOf(host);
  if (!other) return [];
  const parts = new Set([other.name, ...other.name.split("-")].map((part) => `skeleton:${skeletonOf(part)}`));
  const near = deletionsOf(other.name).map((part) => `near:${part}`);
  return [...runsWithin(host).map((run) => `within:${run}`), ...parts, ...near];
}

function domainsAbove(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

/** Domains that stand inside of a host, its own end excepted: `example.org` in `example.org.sign-in.test`. */
function runsWithin(host: string): string[] {
  const labels = host.split(".").slice(0, -1);
  const most = 6;
  return labels.flatMap((_, start) =>
    Array.from({ length: Math.min(most, labels.length - start) - 1 }, (_each, more) =>
      labels.slice(start, start + more + 2).join("."),
    ),
  );
}

/** An index takes keys of a few hundred characters; values that agree so far are compared. */
function short(key: string): string {
  return key.slice(0, 500);
}
