/** What an entry may be. */
export const entryKinds = ["network", "domain", "value", "term"] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Why a host looks like a watched domain. Rules and least lengths are told in docs/watchlists.md by these names. */
export const lookalikeRules = ["embedded", "other_ending", "homoglyph", "one_letter", "combined"] as const;
export type LookalikeRule = (typeof lookalikeRules)[number];

/** Why a subject matches an entry. */
export const reasons = [
  "exact",
  "inside",
  "around",
  "subdomain",
  "url_host",
  "email_domain",
  "term",
  "lookalike.embedded",
  "lookalike.other_ending",
  "lookalike.homoglyph",
  "lookalike.one_letter",
  "lookalike.combined",
] as const;
export type Reason = (typeof reasons)[number];
