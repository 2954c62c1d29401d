/** What a publication is about; the figures are in the database. */
export const kinds = { address: 1, web: 2, hash: 3, cve: 4, email: 5, technique: 6 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

/**
 * A value in its one canonical form, or why it has none. `family` is that of an address, which may differ from the one
 * asked for; `reserved` holds an address that is well formed but never an IOC.
 */
export type Canonical =
  | { ok: true; value: string; family?: "ipv4" | "ipv6" }
  | { ok: false; problem: string; reserved?: { type: "ipv4" | "ipv6"; value: string } };

/** Points of the score while a source last saw the value within these days; `null` has no end. */
export type RecencyStep = { readonly withinDays: number | null; readonly points: number };

/** All that Tocsin knows of a type of indicator. */
export type IocTypeEntry = {
  /** As lists and forms show it. */
  readonly label: string;
  /** In a sentence that says what may be asked for; types that are asked for alike share it. */
  readonly inWords: string;
  /** A canonical value, of what is set aside for documentation. */
  readonly example: string;
  /**
   * Whether a refanged text looks like one, and when that is asked: 1 what has a fixed alphabet and form, 2 addresses,
   * 3 URLs, 4 mailboxes, 5 names, which almost anything could be.
   */
  readonly detection: { readonly turn: 1 | 2 | 3 | 4 | 5; readonly fits: (text: string) => boolean };
  /** The canonical form of a refanged value. Idempotent. */
  readonly normalise: (raw: string) => Canonical;
  /** As it can be pasted into a mail or a ticket without becoming a link; null where nothing makes it one. */
  readonly defang: ((value: string) => string) | null;
  /**
   * What else bears on it: `address` lies in networks, `name` lies under other domains, `hosted` names a host, `artefact`
   * stands for itself.
   */
  readonly nature: "address" | "name" | "hosted" | "artefact";
  /** Whether it may belong to somebody else by the time that it is looked up. */
  readonly changesHands: boolean;
  /** Whether values that differ by a few characters resemble each other by chance alone. */
  readonly random: boolean;
  /** For how many days a source stands for a value after it last listed it; null = for ever. */
  readonly lifetimeDays: number | null;
  /** Few and coarse steps: each is a new version of the record for everyone who polls. */
  readonly recency: readonly RecencyStep[];
  /** What its publication is about; null where STIX has no object for the value. */
  readonly kindOf: (value: string) => Kind | null;
};

export const accept = (value: string): Canonical => ({ ok: true, value });
export const refuse = (problem: string): Canonical => ({ ok: false, problem });
