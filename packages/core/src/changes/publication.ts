/** A version of an IOC as it was promised to pollers; times in milliseconds. */
export type PublishedVersion = { readonly generation: number; readonly modified: number; readonly frozen: boolean };

/** An IOC that has changed, and what is published of it. */
export type Changed = {
  readonly generation: number;
  readonly updatedAt: number;
  readonly revoked: boolean;
  /** Whether STIX has an object for it. */
  readonly publishable: boolean;
  readonly published: readonly PublishedVersion[];
};

/** What to publish of a generation, and as of when. */
export type Edition = { readonly generation: number; readonly revoked: boolean; readonly modified: number };

export type Decision =
  | { readonly publish: readonly Edition[] }
  /** It stands again under an id that was revoked, which is final: it needs another generation first. */
  | { readonly publish: readonly []; readonly returns: true };

/**
 * What is to be published. A revoked generation is never published again, and what was revoked before it was ever
 * published is not published at all.
 */
export function decideEditions({ generation, updatedAt, revoked, publishable, published }: Changed): Decision {
  if (!publishable) return { publish: [] };
  const own = published.find((one) => one.generation === generation);
  if (own?.frozen && !revoked) return { publish: [], returns: true };
  // It was withdrawn and came back before anyone looked.
  const left = published
    .filter((one) => one.generation < generation && !one.frozen)
    .map((one) => ({ generation: one.generation, revoked: true, modified: Math.max(updatedAt, one.modified + 1) }));
  const isNews = own ? !own.frozen && own.modified !== updatedAt : !revoked;
  return { publish: isNews ? [...left, { generation, revoked, modified: updatedAt }] : left };
}
