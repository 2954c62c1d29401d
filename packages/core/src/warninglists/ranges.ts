import { type Address, lastAddress, networkAt, parseIpv4, parseIpv6, quadOf, widthOf } from "../values";

/** From and up to, both included, as keys: the 16-bit groups as characters, so that `<` compares addresses. */
export type Range = { readonly from: string; readonly to: string };

/** The range of an address or a network in text; null for text that is neither. */
export function rangeOf(text: string): (Range & { type: Address["type"] }) | null {
  // A plain dotted quad is most of what is asked.
  const quad = quadOf(text);
  if (quad !== null) {
    const key = String.fromCharCode(quad >>> 16, quad & 0xffff);
    return { type: "ipv4", from: key, to: key };
  }
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const parsed = address.includes(":") ? parseIpv6(address) : parseIpv4(address);
  if (!parsed.ok) return null;
  const { type } = parsed.address;
  const bits = slash < 0 ? widthOf(type) : prefixOf(text.slice(slash + 1), type, address);
  if (bits === null) return null;
  const network = networkAt(parsed.address, bits);
  return { type, from: keyOf(network.address), to: keyOf(lastAddress(network)) };
}

/** The length of a prefix in the bits of the type; null for text that is none. */
function prefixOf(written: string, type: Address["type"], address: string): number | null {
  if (!/^[0-9]{1,3}$/.test(written)) return null;
  // An IPv4-mapped network in IPv6 writes its prefix in 128 bits.
  const bits = Number(written) - (type === "ipv4" && address.includes(":") ? 96 : 0);
  return bits < 0 || bits > widthOf(type) ? null : bits;
}

function keyOf({ groups }: Address): string {
  return String.fromCharCode(...groups);
}

/** Whether a text is an address or a network. */
export function isNetwork(text: string): boolean {
  return rangeOf(text) !== null;
}

/** Ranges that may overlap, of several owners, as segments that do not: one binary search finds the owners of a place. */
export type RangeMap = {
  /** Owners whose ranges cover all of it. */
  readonly holding: (range: Range) => ReadonlySet<number>;
  /** Owners of which any range touches it. */
  readonly touching: (range: Range) => ReadonlySet<number>;
};

type Edge = { key: string; owner: number; step: 1 | -1 };
const nobody: ReadonlySet<number> = new Set();

export function createRangeMap(ranges: readonly (Range & { owner: number })[]): RangeMap {
  const { starts, owners } = segmentsOf(ranges);
  const segmentAt = (key: string): number => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as string) <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const at = (segment: number) => owners[segment] ?? nobody;
  return {
    holding: ({ from, to }) => {
      const first = segmentAt(from);
      if (from === to) return at(first);
      const last = segmentAt(to);
      let held = at(first);
      for (let segment = first + 1; segment <= last && held.size > 0; segment++) {
        const there = at(segment);
        held = new Set([...held].filter((owner) => there.has(owner)));
      }
      return held;
    },
    touching: ({ from, to }) => {
      const first = segmentAt(from);
      const last = segmentAt(to);
      if (first === last) return at(first);
      const touched = new Set<number>();
      for (let segment = first; segment <= last; segment++) for (const owner of at(segment)) touched.add(owner);
      return touched;
    },
  };
}

/** A segment begins at `starts[i]` and ends before the next; whoever owns it is `owners[i]`. */
function segmentsOf(ranges: readonly (Range & { owner: number })[]): {
  starts: string[];
  owners: ReadonlySet<number>[];
} {
  const edges: Edge[] = ranges.flatMap(({ from, to, owner }) => {
    const end = keyAfter(to);
    return [{ key: from, owner, step: 1 as const }, ...(end === null ? [] : [{ key: end, owner, step: -1 as const }])];
  });
  edges.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const open = new Map<number, number>();
  const known = new Map<string, ReadonlySet<number>>();
  const starts: string[] = [];
  const owners: ReadonlySet<number>[] = [];
  for (const [index, { key, owner, step }] of edges.entries()) {
    const count = (open.get(owner) ?? 0) + step;
    if (count === 0) open.delete(owner);
    else open.set(owner, count);
    if (edges[index + 1]?.key === key) continue;
    const there = [...open.keys()].sort((a, b) => a - b);
    const name = there.join(",");
    const set = known.get(name) ?? new Set(there);
    known.set(name, set);
    if (owners.at(-1) === set) continue;
    starts.push(key);
    owners.push(set);
  }
  return { starts, owners };
}

/** The next address; null after the last. */
function keyAfter(key: string): string | null {
  const groups = [...Array(key.length).keys()].map((index) => key.charCodeAt(index));
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] ?? 0;
    if (group < 0xffff) {
      groups[index] = group + 1;
      return String.fromCharCode(...groups);
    }
    groups[index] = 0;
  }
  return null;
}
