// Text forms of addresses: RFC 5952 (IPv6), RFC 6943 section 3.1.1 (why loose IPv4 forms are refused).

/** An address as its 16-bit groups: two for IPv4, eight for IPv6. */
export type Address = { readonly type: "ipv4" | "ipv6"; readonly groups: readonly number[] };
export type ParsedAddress = { ok: true; address: Address } | { ok: false; problem: string };

const octet = /^(?:0|[1-9][0-9]{0,2})$/;

/** A dotted quad, strictly: no leading zeros, no octal, hexadecimal or integer form. */
export function parseIpv4(raw: string): ParsedAddress {
  if (/^(?:0x[0-9a-f]+|[0-9]+)$/i.test(raw))
    return no("an IPv4 address as one number is ambiguous; write a dotted quad");
  if (/^(?:(?:0x[0-9a-f]*|[0-9]+)\.){0,3}0x[0-9a-f]*(?:\.|$)/i.test(raw)) {
    return no("an IPv4 address in hexadecimal is ambiguous; write a dotted quad");
  }
  const parts = raw.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]+$/.test(part))) return no("not an IPv4 address");
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
    return no("an IPv4 address with leading zeros is ambiguous (octal or decimal)");
  }
  const octets = parts.map((part) => (octet.test(part) ? Number(part) : 256));
  const [a = 256, b = 256, c = 256, d = 256] = octets;
  if (a > 255 || b > 255 || c > 255 || d > 255) return no("an IPv4 address has no part over 255");
  return { ok: true, address: { type: "ipv4", groups: [a * 256 + b, c * 256 + d] } };
}

/** IPv6 in any text form; an IPv4-mapped one becomes its IPv4 address. Zones (`%eth0`) are refused. */
export function parseIpv6(raw: string): ParsedAddress {
  const text = withoutDottedTail(raw);
  if (text === null || !/^[0-9a-f:]+$/i.test(text)) return no("not an IPv6 address");
  const halves = text.split("::");
  if (halves.length > 2) return no("not an IPv6 address: `::` twice");
  const [head = [], tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const written = [...head, ...(tail ?? [])];
  if (!written.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return no("not an IPv6 address");
  if (tail ? written.length > 7 : written.length !== 8) return no("not an IPv6 address: it has eight groups");
  const zeros = Array.from({ length: 8 - written.length }, () => 0);
  const groups = [...head.map(fromHex), ...zeros, ...(tail ?? []).map(fromHex)];
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  return { ok: true, address: mapped ? { type: "ipv4", groups: groups.slice(6) } : { type: "ipv6", groups } };
}

/** The canonical text: a dotted quad, or RFC 5952. */
export function formatAddress(address: Address): string {
  const { groups } = address;
  if (address.type === "ipv4") return groups.map((group) => `${group >> 8}.${group & 255}`).join(".");
  const zeros = longestZeroRun(groups);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

/** The address with every bit after the first `bits` cleared. */
export function maskAddress(address: Address, bits: number): Address {
  const groups = address.groups.map((group, index) => {
    const kept = Math.min(16, Math.max(0, bits - index * 16));
    return group & (0xffff << (16 - kept)) & 0xffff;
  });
  return { type: address.type, groups };
}

/** The networks that contain a normalised address or network, narrowest first, in the form in which they are stored. */
export function networksAround(type: Address["type"], value: string): string[] {
  const [text = "", length] = value.split("/");
  const parsed = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  if (!parsed.ok) return [];
  const bits = length === undefined ? widthOf(type) : Number(length);
  return Array.from({ length: Math.max(0, bits - leastBits[type]) }, (_, index) => {
    const outer = bits - 1 - index;
    return `${formatAddress(maskAddress(parsed.address, outer))}/${outer}`;
  });
}

/** Wider networks say nothing of the addresses in them. */
export const leastBits = { ipv4: 8, ipv6: 19 } as const;

export function widthOf(type: Address["type"]): 32 | 128 {
  return type === "ipv4" ? 32 : 128;
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

function withoutDottedTail(raw: string): string | null {
  if (!raw.includes(".")) return raw;
  const colon = raw.lastIndexOf(":");
  const quad = parseIpv4(raw.slice(colon + 1));
  if (colon < 0 || !quad.ok) return null;
  return `${raw.slice(0, colon + 1)}${quad.address.groups.map((group) => group.toString(16)).join(":")}`;
}

const fromHex = (group: string) => Number.parseInt(group, 16);
const no = (problem: string) => ({ ok: false as const, problem });
