// Addresses and networks, one reader for all of them. Text forms: RFC 4291 and RFC 5952 (IPv6), RFC 4632 (prefix
// lengths), RFC 6943 section 3.1.1 (why loose IPv4 forms are refused).

/** An address as its 16-bit groups: two for IPv4, eight for IPv6. An IPv4-mapped IPv6 address is the IPv4 address. */
export type Address = { readonly type: "ipv4" | "ipv6"; readonly groups: readonly number[] };
export type ParsedAddress = { ok: true; address: Address } | { ok: false; problem: string };

/** A network, or an address as the network of itself; bits beyond `bits` are zero. */
export type Network = { readonly address: Address; readonly bits: number };

/** A dotted quad, strictly: no leading zeros, no octal, hexadecimal or integer form. Says why a text is none. */
export function parseIpv4(raw: string): ParsedAddress {
  const quad = quadOf(raw);
  return quad === null ? no(quadProblem(raw)) : { ok: true, address: ipv4(quad) };
}

/** IPv6 in any text form; an IPv4-mapped one becomes its IPv4 address. Zones (`%eth0`) are refused. Says why a text is none. */
export function parseIpv6(raw: string): ParsedAddress {
  const text = withoutDottedTail(raw);
  if (text === null || !/^[0-9a-f:]+$/i.test(text)) return no("not an IPv6 address");
  const halves = text.split("::");
  if (halves.length > 2) return no("not an IPv6 address: `::` twice");
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const written = tail ? [...head, ...tail] : head;
  if (written.some((group) => group === "" || group.length > 4)) return no("not an IPv6 address");
  if (tail ? written.length > 7 : written.length !== 8) return no("not an IPv6 address: it has eight groups");
  const groups = new Array<number>(8).fill(0);
  for (const [index, group] of head.entries()) groups[index] = fromHex(group);
  for (const [index, group] of (tail ?? []).entries()) groups[index + 8 - (tail?.length ?? 0)] = fromHex(group);
  return { ok: true, address: unmapped(groups) };
}

/** An address of either family, as sockets and proxies write it: a zone (`fe80::1%eth0`) is dropped. Null for what is none. */
export function parseAddress(text: string): Address | null {
  const quad = quadOf(text);
  if (quad !== null) return ipv4(quad);
  if (text.length > longestText || !text.includes(":")) return null;
  const zone = text.indexOf("%");
  const parsed = parseIpv6(zone < 0 ? text : text.slice(0, zone));
  return parsed.ok ? parsed.address : null;
}

/** `address/bits`, or an address as the network of itself; null for what is neither. Bits behind the prefix are cleared. */
export function parseNetwork(text: string): Network | null {
  const slash = text.indexOf("/");
  const written = slash < 0 ? text : text.slice(0, slash);
  const address = written.includes("%") ? null : parseAddress(written);
  if (!address) return null;
  const width = widthOf(address.type);
  if (slash < 0) return { address, bits: width };
  const length = text.slice(slash + 1);
  if (!isPrefixLength(length)) return null;
  const mapped = address.type === "ipv4" && written.includes(":");
  const bits = Number(length) - (mapped ? 96 : 0);
  // A mapped network of fewer than 96 bits reaches beyond IPv4 and is what its bits say: IPv6.
  if (bits < 0) return networkAt({ type: "ipv6", groups: [0, 0, 0, 0, 0, 0xffff, ...address.groups] }, bits + 96);
  return bits > width ? null : networkAt(address, bits);
}

/** Whether a text is a number without leading zeros, as prefix lengths are written. */
export function isPrefixLength(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,2})$/.test(text);
}

/**
 * A strict dotted quad as one integer of 32 bits, signed, so that the engine keeps it in a register; null for anything
 * else. The shortest way, for what is asked most.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop; a function for each character costs a fifth
export function quadOf(text: string): number | null {
  if (text.length > 15) return null;
  let quad = 0;
  let part = -1;
  let dots = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46) {
      if (part < 0 || ++dots > 3) return null;
      quad = (quad << 8) | part;
      part = -1;
    } else {
      const digit = code - 48;
      // A zero in front may mean octal.
      if (digit < 0 || digit > 9 || part === 0) return null;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return null;
    }
  }
  return dots === 3 && part >= 0 ? (quad << 8) | part : null;
}

/** The canonical text: a dotted quad, or RFC 5952. */
export function formatAddress({ type, groups }: Address): string {
  if (type === "ipv4") return groups.map((group) => `${group >> 8}.${group & 255}`).join(".");
  const zeros = longestZeroRun(groups);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

export function formatNetwork({ address, bits }: Network): string {
  return `${formatAddress(address)}/${bits}`;
}

export function widthOf(type: Address["type"]): 32 | 128 {
  return type === "ipv4" ? 32 : 128;
}

/** The network of `bits` bits that holds an address. */
export function networkAt(address: Address, bits: number): Network {
  return { address: maskAddress(address, bits), bits };
}

/** The address with every bit after the first `bits` cleared. */
export function maskAddress({ type, groups }: Address, bits: number): Address {
  return { type, groups: groups.map((group, index) => group & maskOf(bits, index)) };
}

/** The last address of a network: every bit after its prefix set. */
export function lastAddress({ address: { type, groups }, bits }: Network): Address {
  return { type, groups: groups.map((group, index) => group | (~maskOf(bits, index) & 0xffff)) };
}

/** Whether a network holds an address. */
export function networkHolds({ address, bits }: Network, other: Address): boolean {
  if (address.type !== other.type) return false;
  for (let index = 0; index < address.groups.length; index++) {
    if (address.groups[index] !== ((other.groups[index] ?? 0) & maskOf(bits, index))) return false;
  }
  return true;
}

/** How `other` lies to `network`: the same, inside of it, around it; null where they have no address in common. */
export function relationOf(network: Network, other: Network): "exact" | "inside" | "around" | null {
  const [wide, narrow] = network.bits <= other.bits ? [network, other] : [other, network];
  if (!networkHolds(wide, narrow.address)) return null;
  if (network.bits === other.bits) return "exact";
  return other.bits > network.bits ? "inside" : "around";
}

/** Wider networks say nothing of the addresses in them. */
export const leastBits = { ipv4: 8, ipv6: 19 } as const;

/** The networks that contain a normalised address or network, narrowest first, in the form in which they are stored. */
export function networksAround(value: string): string[] {
  const network = parseNetwork(value);
  if (!network) return [];
  const { address, bits } = network;
  return Array.from({ length: Math.max(0, bits - leastBits[address.type]) }, (_, index) =>
    formatNetwork(networkAt(address, bits - 1 - index)),
  );
}

/** An IPv6 address of 45 characters, and a zone. */
const longestText = 64;

const ipv4 = (quad: number): Address => ({ type: "ipv4", groups: [quad >>> 16, quad & 0xffff] });
const fromHex = (group: string) => Number.parseInt(group, 16);
const no = (problem: string) => ({ ok: false as const, problem });

/** The address of eight groups: IPv4 where it is mapped into IPv6. */
function unmapped(groups: readonly number[]): Address {
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? { type: "ipv4", groups: groups.slice(6) } : { type: "ipv6", groups };
}

/** Which of the 16 bits of a group belong to a prefix. */
function maskOf(bits: number, index: number): number {
  const kept = bits - index * 16;
  return kept >= 16 ? 0xffff : kept <= 0 ? 0 : (0xffff << (16 - kept)) & 0xffff;
}

/** Why a text is no dotted quad. */
function quadProblem(raw: string): string {
  if (/^(?:0x[0-9a-f]+|[0-9]+)$/i.test(raw)) return "an IPv4 address as one number is ambiguous; write a dotted quad";
  if (/^(?:(?:0x[0-9a-f]*|[0-9]+)\.){0,3}0x[0-9a-f]*(?:\.|$)/i.test(raw)) {
    return "an IPv4 address in hexadecimal is ambiguous; write a dotted quad";
  }
  const parts = raw.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]+$/.test(part))) return "not an IPv4 address";
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
    return "an IPv4 address with leading zeros is ambiguous (octal or decimal)";
  }
  return "an IPv4 address has no part over 255";
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index - start + 1 > best.length) best = { start, length: index - start + 1 };
  }
  return best;
}

/** An IPv6 address with its last 32 bits in hexadecimal, where they were written as a quad; null where that is none. */
function withoutDottedTail(raw: string): string | null {
  if (!raw.includes(".")) return raw;
  const colon = raw.lastIndexOf(":");
  const quad = quadOf(raw.slice(colon + 1));
  if (colon < 0 || quad === null) return null;
  return `${raw.slice(0, colon + 1)}${(quad >>> 16).toString(16)}:${(quad & 0xffff).toString(16)}`;
}
