export const scopes = [
  "read:iocs",
  "read:articles",
  "read:articles:export",
  "read:stix",
  "read:misp",
  "read:cef",
  "read:openioc",
  "read:watchlists",
  "write:indicators",
  "write:sightings",
  "write:feedback",
] as const;
export type Scope = (typeof scopes)[number];

/** What a key has only when whoever makes it says so: "all of the tier's" never means a right to write. */
export const grantedByNameAlone: readonly Scope[] = ["write:indicators", "write:sightings", "write:feedback"];
