import { parse } from "tldts";
import { hostOf, type IocType, type Warninglist, type Warninglists } from "../values";
import { createRangeMap, type Range, type RangeMap, rangeOf } from "./ranges";

type Owners = ReadonlySet<number>;
type Index = {
  exact: ReadonlyMap<string, readonly number[]>;
  below: ReadonlyMap<string, readonly number[]>;
  parts: readonly { text: string; owner: number }[];
  ipv4: RangeMap;
  ipv6: RangeMap;
  /** Owners that mean a public suffix itself. */
  suffixes: readonly number[];
  /** Owners that mean whatever lies below a private suffix. */
  customers: readonly number[];
};

const none: readonly never[] = [];

export function createWarninglists(lists: readonly Warninglist[]): Warninglists {
  const index = indexOf(lists);
  const around = new Set(lists.flatMap((list, owner) => (list.around ? [owner] : [])));
  const names = new Map<string, readonly string[]>();

  const ownersOf = (type: IocType, value: string): readonly number[] => {
    const found = findOwners(index, around, type, value);
    if (type !== "url") return found.length === 0 ? none : found.filter((owner) => lists[owner]?.types.includes(type));
    return findUrlOwners(index, around, lists, value, found);
  };

  return {
    lists,
    matchesOf: (type, value) => ownersOf(type, value).flatMap((owner) => lists[owner] ?? []),
    warningsOf: (type, value) => {
      const owners = ownersOf(type, value);
      if (owners.length === 0) return none;
      const key = owners.join(",");
      const known = names.get(key);
      if (known) return known;
      const hiding = owners.flatMap((owner) => (lists[owner]?.effect === "hide" ? [lists[owner].name] : []));
      const said = [...new Set(hiding)].sort();
      names.set(key, said);
      return said;
    },
  };
}

function findOwners(index: Index, around: Owners, type: IocType, value: string): readonly number[] {
  const parts = index.parts.length === 0 ? none : partsIn(index, value);
  switch (type) {
    case "ipv4":
    case "ipv6":
      return joined(joined(addressOwners(index[type], around, value), index.exact.get(value)), parts);
    case "domain":
      return joined(domainOwners(index, value), parts);
    default:
      return joined(index.exact.get(value) ?? none, parts);
  }
}

/** A URL is judged by its host, and by no more than a list says of URLs: most of a big site is not the site. */
function findUrlOwners(
  index: Index,
  around: Owners,
  lists: readonly Warninglist[],
  value: string,
  itself: readonly number[],
): readonly number[] {
  const host = hostOf(value);
  if (host === null) return itself;
  const type: IocType = host.includes(":") ? "ipv6" : /^[0-9.]+$/.test(host) ? "ipv4" : "domain";
  const found = findOwners(index, around, type, host);
  if (found.length === 0) return itself.filter((owner) => lists[owner]?.types.includes("url"));
  const root = isRootPage(value);
  return joined(
    itself.filter((owner) => lists[owner]?.types.includes("url")),
    found.filter((owner) => {
      const list = lists[owner];
      return list?.types.includes(type) && (list.urls === "any" || (list.urls === "root" && root));
    }),
  );
}

function isRootPage(url: string): boolean {
  const path = url.indexOf("/", url.indexOf("://") + 3);
  return path < 0 ? !/[?#]/.test(url) : path === url.length - 1;
}

function addressOwners(map: RangeMap, around: Owners, value: string): readonly number[] {
  const range: Range | null = rangeOf(value);
  if (range === null) return none;
  const holding = map.holding(range);
  if (range.from === range.to) return holding.size === 0 ? none : [...holding];
  const within = [...map.touching(range)].filter((owner) => around.has(owner));
  return [...new Set([...holding, ...within])];
}

function domainOwners(index: Index, domain: string): readonly number[] {
  // What a site's root answers under www is the site.
  const bare = domain.startsWith("www.") ? domain.slice(4) : domain;
  let owners = joined(index.exact.get(domain) ?? none, bare === domain ? undefined : index.exact.get(bare));
  for (let rest = domain; ; ) {
    owners = joined(owners, index.below.get(rest));
    const dot = rest.indexOf(".");
    if (dot < 0) break;
    rest = rest.slice(dot + 1);
  }
  return joined(owners, suffixOwners(index, domain));
}

const nameAlone = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

function suffixOwners({ suffixes, customers }: Index, domain: string): readonly number[] {
  if (suffixes.length === 0 && customers.length === 0) return none;
  const { publicSuffix, isPrivate } = parse(domain, nameAlone);
  if (publicSuffix === domain) return suffixes;
  return isPrivate ? customers : none;
}

function partsIn(index: Index, value: string): readonly number[] {
  return index.parts.filter(({ text }) => value.includes(text)).map(({ owner }) => owner);
}

function joined(some: readonly number[], more: readonly number[] = none): readonly number[] {
  if (more.length === 0) return some;
  return some.length === 0 ? more : [...new Set([...some, ...more])];
}

function indexOf(lists: readonly Warninglist[]): Index {
  const exact = new Map<string, number[]>();
  const below = new Map<string, number[]>();
  const parts: { text: string; owner: number }[] = [];
  const ranges = { ipv4: [] as (Range & { owner: number })[], ipv6: [] as (Range & { owner: number })[] };
  const adders: Record<Warninglist["kind"], (entry: string, owner: number) => void> = {
    cidr: (entry, owner) => {
      const range = rangeOf(entry);
      if (range) ranges[range.type].push({ ...range, owner });
    },
    hostname: (entry, owner) => addOwner(below, entry, owner),
    string: (entry, owner) => addOwner(exact, entry, owner),
    substring: (entry, owner) => parts.push({ text: entry, owner }),
    // Its suffixes are those of the library that is asked (`suffixOwners`).
    "public-suffix": () => {},
  };
  for (const [owner, { kind, entries }] of lists.entries()) {
    const add = adders[kind];
    for (const entry of entries) add(entry, owner);
  }
  const ownersWith = (fits: (list: Warninglist) => boolean) =>
    [...lists.keys()].filter((owner) => lists[owner] && fits(lists[owner]));
  return {
    exact,
    below,
    parts,
    ipv4: createRangeMap(ranges.ipv4),
    ipv6: createRangeMap(ranges.ipv6),
    suffixes: ownersWith((list) => list.kind === "public-suffix" && list.effect === "hide"),
    customers: ownersWith((list) => list.kind === "public-suffix" && list.effect === "note"),
  };
}

/** Lists are gone through in order, so that an owner who is there already is the last one. */
function addOwner(map: Map<string, number[]>, text: string, owner: number): void {
  const owners = map.get(text);
  if (!owners) map.set(text, [owner]);
  else if (owners.at(-1) !== owner) owners.push(owner);
}
