import { type IocType, type Network, parseNetwork, plainForm, relationOf, samenessOf } from "../values";
import { lookalikeOf } from "./look-alike";
import type { Subject } from "./subject";
import type { EntryKind, Reason } from "./vocabulary";
import { holdsWords, wordsOf } from "./words";

/** An entry, ready to be compared. */
export type Watch = {
  readonly id: string;
  readonly watchlistId: string;
  readonly kind: EntryKind;
  readonly value: string;
  readonly iocType: IocType | null;
  readonly subdomains: boolean;
  readonly lookalikes: boolean;
  readonly network: Network | null;
  readonly words: readonly string[];
};

type EntryFacts = Omit<Watch, "network" | "words">;

export function watchOf(entry: EntryFacts): Watch {
  return {
    ...entry,
    network: entry.kind === "network" ? parseNetwork(entry.value) : null,
    words: entry.kind === "term" ? wordsOf(entry.value) : [],
  };
}

/** Whether the subject matches what is watched, and why. The one place that decides it. */
export function matchOf(watch: Watch, subject: Subject): Reason | null {
  switch (watch.kind) {
    case "network":
      return matchNetwork(watch, subject);
    case "domain":
      return matchDomain(watch, subject);
    case "value":
      return subject.values.some(({ type, value }) => type === watch.iocType && isSame(type, value, watch.value))
        ? "exact"
        : null;
    case "term":
      return subject.texts.some((text) => holdsTerm(text, watch.words)) ? "term" : null;
  }
}

/** One value that may be written in two ways. */
function isSame(type: IocType, one: string, other: string): boolean {
  if (one === other) return true;
  return plainForm(type, one) === plainForm(type, other) && samenessOf(type, one, other) === "same";
}

function matchNetwork({ network }: Watch, subject: Subject): Reason | null {
  const relation = network && subject.network && relationOf(network, subject.network);
  if (!relation) return null;
  return subject.by === "url" ? "url_host" : relation;
}

function matchDomain({ value, subdomains, lookalikes }: Watch, { domain, by }: Subject): Reason | null {
  if (domain === null) return null;
  if (domain === value) return hostReason(by, "exact");
  if (domain.endsWith(`.${value}`)) return subdomains ? hostReason(by, "subdomain") : null;
  const rule = lookalikes ? lookalikeOf(value, domain) : null;
  return rule && `lookalike.${rule}`;
}

/** `own`: the reason where the subject is the domain, not a URL or an address under it. */
function hostReason(by: Subject["by"], own: Reason): Reason {
  if (by === "self") return own;
  return by === "url" ? "url_host" : "email_domain";
}

/** `Cobalt Strike` is in “a cobalt strike beacon”, and is the tag `CobaltStrike`. */
function holdsTerm(text: readonly string[], term: readonly string[]): boolean {
  return holdsWords(text, term) || (text.length <= 4 && text.join("") === term.join(""));
}
