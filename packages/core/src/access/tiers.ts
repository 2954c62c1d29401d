import { type Format, formats, formatsOf } from "./formats";
import { type Scope, scopes } from "./scopes";
import type { TierName } from "./tier-names";

/** What a tier allows. Counts, not bytes; days for lookbacks. */
export type Tier = {
  name: TierName;
  requestsPerMinute: number;
  requestsPerDay: number;
  /** Of all keys of the workspace together; null = only each key has its limit. */
  workspaceRequestsPerMinute: number | null;
  workspaceRequestsPerDay: number | null;
  /** Of one key, or of one person, on one node: what runs at the same time. Exports are bounded for themselves too. */
  requestsAtOnce: number;
  exportsAtOnce: number;
  /** Of all keys and people of the workspace together, on one node. */
  workspaceRequestsAtOnce: number;
  workspaceExportsAtOnce: number;
  iocLookbackDays: number;
  articleLookbackDays: number;
  /** null = no maximum, and `limit=all` streams everything. */
  resultsPerRequest: number | null;
  keys: number;
  watchlists: number;
  /** Of all watchlists of the workspace together. */
  watchlistEntries: number;
  /** Indicators of the workspace's own, withdrawn ones too; as many sightings, and as many verdicts. */
  ownIndicators: number;
  formats: readonly Format[];
  scopes: readonly Scope[];
};

/** The tiers, as data: an operator who wants other figures changes them here. Which tier has which format: formats.ts. */
export const tiers = {
  free: {
    name: "free",
    requestsPerMinute: 10,
    requestsPerDay: 1_000,
    workspaceRequestsPerMinute: null,
    workspaceRequestsPerDay: null,
    requestsAtOnce: 10,
    exportsAtOnce: 3,
    workspaceRequestsAtOnce: 40,
    workspaceExportsAtOnce: 6,
    iocLookbackDays: 1,
    articleLookbackDays: 7,
    resultsPerRequest: 100,
    keys: 3,
    watchlists: 3,
    watchlistEntries: 100,
    ownIndicators: 1_000,
    formats: formatsOf("free"),
    scopes: ["read:iocs", "read:articles", "read:watchlists", "write:indicators", "write:sightings", "write:feedback"],
  },
  pro: {
    name: "pro",
    requestsPerMinute: 1_000,
    requestsPerDay: 1_000_000,
    workspaceRequestsPerMinute: null,
    workspaceRequestsPerDay: null,
    requestsAtOnce: 25,
    exportsAtOnce: 5,
    workspaceRequestsAtOnce: 100,
    workspaceExportsAtOnce: 10,
    iocLookbackDays: 365,
    articleLookbackDays: 365,
    resultsPerRequest: 10_000,
    keys: 50,
    watchlists: 100,
    watchlistEntries: 10_000,
    ownIndicators: 5_000_000,
    formats,
    scopes,
  },
} as const satisfies { [Name in TierName]: Tier & { name: Name } };
