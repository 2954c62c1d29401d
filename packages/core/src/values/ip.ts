// RFC 4291 (IPv6 text), RFC 5952 (its one canonical form), RFC 4632 (CIDR).

/** An address as 4 or 16 octets; an IPv4-mapped IPv6 address is the IPv4 address. */
export type Ip = { readonly version: 4 | 6; readonly octets: readonly number[] };

/** A network; host bits are zero. */
export type Cidr = Ip & { readonly bits: number };

/** Reads an address; null when the text is none. A zone (`%eth0`) is dropped. */
export function parseIp(text: string): Ip | null {
  if (text.length > 64) return null;
  const zone = text.indexOf("%");
  const bare = zone < 0 || !text.includes(":") ? text : text.slice(0, zone);
  const v4 = parseV4(bare);
  if (v4) return { version: 4, octets: v4 };
  const v6 = parseV6(bare);
  if (!v6) return null;
  return isMapped(v6) ? { version: 4, octets: v6.slice(12) } : { version: 6, octets: v6 };
}

/** Reads `address/bits` or a lone address (the network of itself); null when the text is neither. Host bits are cleared. */
export function parseCidr(text: string): Cidr | null {
  const match = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9][0-9]{0,2}))?$/.exec(text);
  const ip = match?.[1] === undefined ? null : parseIp(match[1]);
  if (!ip) return null;
  const mapped = ip.version === 4 && text.includes(":");
  const width = ip.octets.length * 8;
  const written = match?.[2] === undefined ? (mapped ? 128 : width) : Number(match[2]);
  // A mapped network of fewer than 96 bits reaches beyond IPv4 and is what its bits say: IPv6.
  if (mapped && written < 96) return masked({ version: 6, octets: [...mappedHead, ...ip.octets] }, written);
  const bits = mapped ? written - 96 : written;
  return bits > width ? null : masked(ip, bits);
}

export function cidrContains(cidr: Cidr, ip: Ip): boolean {
  return (
    cidr.version === ip.version && cidr.octets.every((octet, i) => octet === (octetMask(cidr.bits, i) & at(ip, i)))
  );
}

/** Whether an address passes a key's rules; no rules let every address in, rules let no unknown one in. */
export function addressAllowed(rules: readonly string[], address: string | null): boolean {
  if (rules.length === 0) return true;
  const ip = address === null ? null : parseIp(address);
  return (
    ip !== null &&
    rules.some((rule) => {
      const cidr = parseCidr(rule);
      return cidr !== null && cidrContains(cidr, ip);
    })
  );
}

/** What failed attempts are counted by: an IPv4 address, an IPv6 /64, or `unknown`. */
export function addressBucket(address: string | null): string {
  const ip = address === null ? null : parseIp(address);
  if (!ip) return "unknown";
  return ip.version === 4 ? formatIp(ip) : formatCidr(masked(ip, 64));
}

export function formatCidr(cidr: Cidr): string {
  return `${formatIp(cidr)}/${cidr.bits}`;
}

export function formatIp(ip: Ip): string {
  if (ip.version === 4) return ip.octets.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => at(ip, 2 * i) * 256 + at(ip, 2 * i + 1));
  const hex = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(groups: number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

function parseV4(text: string): number[] | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part))) return null;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : null;
}

function parseV6(text: string): number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, i) => octetsOf(half, i === halves.length - 1));
  if (!head || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const gap = 16 - head.length - tail.length;
  return gap < 2 ? null : [...head, ...new Array<number>(gap).fill(0), ...tail];
}

function octetsOf(half: string, last: boolean): number[] | null {
  if (half === "") return [];
  const groups = half.split(":");
  const octets: number[] = [];
  for (const [i, group] of groups.entries()) {
    const v4 = last && i === groups.length - 1 ? parseV4(group) : null;
    if (v4) octets.push(...v4);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(group))
      octets.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255);
    else return null;
  }
  return octets;
}

/** `::ffff:0:0/96` */
const mappedHead = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function isMapped(octets: number[]): boolean {
  return mappedHead.every((octet, i) => octet === octets[i]);
}

function masked(ip: Ip, bits: number): Cidr {
  return { version: ip.version, octets: ip.octets.map((octet, i) => octet & octetMask(bits, i)), bits };
}

function octetMask(bits: number, index: number): number {
  const kept = Math.min(8, Math.max(0, bits - 8 * index));
  return (255 << (8 - kept)) & 255;
}

function at(ip: Ip, index: number): number {
  return ip.octets[index] ?? 0;
}
