import type { EntryKind, Reason } from "@tocsin/core/matching/vocabulary";

/** `watchedFor` is null where the entry's own options say it; `mono`: values that are read letter by letter. */
export const entryKinds = {
  network: { label: "Network", watchedFor: "Overlapping ranges", mono: true },
  domain: { label: "Domain", watchedFor: null, mono: true },
  value: { label: "Value", watchedFor: "Exact value", mono: true },
  term: { label: "Term", watchedFor: "Whole words", mono: false },
} as const satisfies Record<EntryKind, { label: string; watchedFor: string | null; mono: boolean }>;

/** Why something matched. */
export const reasonLabels = {
  exact: "Exact value",
  inside: "Inside the network",
  around: "Surrounding network",
  subdomain: "Subdomain",
  url_host: "Host of the URL",
  email_domain: "Email domain",
  term: "Contains the term",
  "lookalike.embedded": "Contains the domain",
  "lookalike.other_ending": "Same name, other TLD",
  "lookalike.homoglyph": "Homoglyph",
  "lookalike.one_letter": "One letter different",
  "lookalike.combined": "Name with a hyphen",
} as const satisfies Record<Reason, string>;

export function isLookalike(reason: Reason): boolean {
  return reason.startsWith("lookalike.");
}
