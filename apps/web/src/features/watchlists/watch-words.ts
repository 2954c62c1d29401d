import type { EntryKind, Reason } from "@tocsin/core/matching/vocabulary";

export const kindWords: Readonly<Record<EntryKind, string>> = {
  network: "Network",
  domain: "Domain",
  value: "Value",
  term: "Term",
};

/** Why something matched, as the end of a row says it. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  exact: "The very value",
  inside: "In the network",
  around: "Network around it",
  subdomain: "Under the domain",
  url_host: "Host of the URL",
  email_domain: "E-mail domain",
  term: "Holds the term",
  "lookalike.embedded": "Holds the domain",
  "lookalike.other_ending": "Same name, other ending",
  "lookalike.homoglyph": "Reads the same",
  "lookalike.one_letter": "One letter off",
  "lookalike.combined": "Name with a hyphen",
};

export function isLookalike(reason: Reason): boolean {
  return reason.startsWith("lookalike.");
}
