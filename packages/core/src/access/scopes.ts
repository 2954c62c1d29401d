export const scopes = [
  "read:iocs",
  "read:articles",
  "read:articles:export",
  "read:stix",
  "read:misp",
  "read:cef",
  "read:openioc",
  "read:watchlists",
] as const;
export type Scope = (typeof scopes)[number];
