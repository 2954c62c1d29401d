import { formatNetwork, networkAt, parseAddress } from "../values";

/** The network that an address counts as: IPv4 /24, IPv6 /48; null for what is no address. */
export function networkOf(text: string | null): string | null {
  const address = text === null ? null : parseAddress(text);
  return address && formatNetwork(networkAt(address, address.type === "ipv4" ? 24 : 48));
}
