import type { IocType } from "./ioc-types";

/**
 * How entries are compared. `string` is the value itself; `hostname` also whatever lies below it; `cidr` an address or a
 * network; `substring` any part; `public-suffix` has no entries of its own: the Public Suffix List answers. One that hides
 * means its suffixes themselves, one that notes the names below those of its private part.
 */
export const warninglistKinds = ["cidr", "hostname", "string", "substring", "public-suffix"] as const;
export type WarninglistKind = (typeof warninglistKinds)[number];

/**
 * What being listed does. `hide`: most probably a false positive, so the score is lowered and lists and exports leave it
 * out. `note`: worth knowing, but no reason to doubt the report: only lookups say it.
 */
export const warninglistEffects = ["hide", "note"] as const;
export type WarninglistEffect = (typeof warninglistEffects)[number];

export type WarninglistFacts = {
  readonly id: string;
  /** What records carry and people read. */
  readonly name: string;
  readonly kind: WarninglistKind;
  readonly version: string;
  readonly effect: WarninglistEffect;
  /** What it says of a value to be listed, to be read after "is". */
  readonly means: string;
};

export type Warninglist = WarninglistFacts & {
  readonly types: readonly IocType[];
  /** Which URLs on a listed host are meant: none, its root page alone, or all. */
  readonly urls: "none" | "root" | "any";
  /** Whether a network is meant that has a listed address in it. */
  readonly around?: boolean;
  readonly entries: readonly string[];
};

/** What some warninglists say of values, made once and asked for each value that comes in. */
export type Warninglists = {
  readonly lists: readonly Warninglist[];
  /** Names of the lists that make a normalised value a probable false positive. */
  readonly warningsOf: (type: IocType, value: string) => readonly string[];
  /** All lists that the value, or the host of a URL, is on. */
  readonly matchesOf: (type: IocType, value: string) => readonly WarninglistFacts[];
};
