// IANA's special-purpose address registries (RFC 6890 and successors), without the documentation ranges, which
// samples and tests are written with.
import { type Address, maskAddress, parseIpv4, parseIpv6 } from "./address";
import type { IocType } from "./observation";

type Block = { address: Address; bits: number };

const ipv4Blocks = [
  ["0.0.0.0", 8], // this network
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
] as const;

// Only 2000::/3 is given out, and 64:ff9b::/96 stands for IPv4; these lie in it and are not.
const ipv6Blocks = [
  ["2001:2::", 48], // benchmarks
  ["2001:10::", 28], // ORCHID
  ["2001:20::", 28], // ORCHIDv2
] as const;

const blocks: readonly Block[] = [
  ...ipv4Blocks.map(([text, bits]) => block(text, bits)),
  ...ipv6Blocks.map(([text, bits]) => block(text, bits)),
];
const givenOut = [block("2000::", 3), block("64:ff9b::", 96)];

/** Whether a normalised address or network is private, loopback, link-local, multicast, CGNAT or otherwise not public. */
export function isReserved(type: IocType, value: string): boolean {
  if (type !== "ipv4" && type !== "ipv6") return false;
  const [text = "", length] = value.split("/");
  const parsed = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  if (!parsed.ok) return false;
  return isReservedAddress(parsed.address, length === undefined ? 128 : Number(length));
}

/** The same of a parsed address; `bits` is the prefix length of a network. */
export function isReservedAddress(address: Address, bits: number): boolean {
  const within = (outer: Block) =>
    outer.address.type === address.type && bits >= outer.bits && same(maskAddress(address, outer.bits), outer.address);
  return blocks.some(within) || (address.type === "ipv6" && !givenOut.some(within));
}

function same(a: Address, b: Address): boolean {
  return a.groups.every((group, index) => group === b.groups[index]);
}

function block(text: string, bits: number): Block {
  const parsed = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (!parsed.ok) throw new Error(`not an address: ${text}`);
  return { address: parsed.address, bits };
}
