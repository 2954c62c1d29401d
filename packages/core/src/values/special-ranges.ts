// IANA's special-purpose address registries (RFC 6890 and successors), read for two questions. What is no IOC and what
// no request of ours may be sent to are not the same: the documentation ranges (192.0.2.0/24, 2001:db8::/32 and
// others) stand in samples and tests as indicators, yet no webhook or feed lies there; 64:ff9b::/96 may be an IOC,
// since it stands for an IPv4 address, yet a request to it may end inside of the network that translates it.
import { type Address, type Network, networkHolds, parseAddress, parseIpv4, parseIpv6, parseNetwork } from "./address";
import type { IocType } from "./ioc-types";

/** In both. */
const special = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carrier-grade NAT
  "127.0.0.0/8", // loopback
  "169.254.0.0/16", // link-local
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and broadcast
];

/** Of IPv6, 2000::/3 alone is given out; what is listed beside it lies in it and is not. */
const globalIpv6 = "2000::/3";

/** No address in one of these is an IOC. */
export const reservedNetworks: readonly string[] = [
  ...special,
  "2001:2::/48", // benchmarks
  "2001:10::/28", // ORCHID
  "2001:20::/28", // ORCHIDv2
];
const neverIocs = networks(reservedNetworks);
const iocIpv6 = networks([globalIpv6, "64:ff9b::/96"]);

const neverTargets = networks([
  ...special,
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "2001::/23", // protocol assignments, Teredo among them
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "3fff::/20", // documentation
]);
const targetIpv6 = networks([globalIpv6]);

/** Whether a normalised address or network is private, loopback, link-local, multicast, CGNAT or otherwise never an IOC. */
export function isReserved(type: IocType, value: string): boolean {
  if (type !== "ipv4" && type !== "ipv6") return false;
  const [text = "", length] = value.split("/");
  const parsed = type === "ipv4" ? parseIpv4(text) : parseIpv6(text);
  return parsed.ok && isReservedAddress(parsed.address, length === undefined ? 128 : Number(length));
}

/** The same of a parsed address; `bits` is the prefix length of a network. */
export function isReservedAddress(address: Address, bits: number): boolean {
  const within = (outer: Network) => bits >= outer.bits && networkHolds(outer, address);
  return neverIocs.some(within) || (address.type === "ipv6" && !iocIpv6.some(within));
}

/** Whether an address is one of the open internet, to which a request may go; an IPv4-mapped one is judged as the IPv4 address. */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  const within = (network: Network) => networkHolds(network, address);
  return !neverTargets.some(within) && (address.type === "ipv4" || targetIpv6.some(within));
}

function networks(texts: readonly string[]): readonly Network[] {
  return texts.map((text) => {
    const network = parseNetwork(text);
    if (!network) throw new Error(`not a network: ${text}`);
    return network;
  });
}
