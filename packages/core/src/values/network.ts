import { type Address, formatAddress, maskAddress, parseIpv4, parseIpv6, widthOf } from "./address";

/** A network, or an address as the network of itself; bits beyond `bits` are zero. */
export type Network = { readonly address: Address; readonly bits: number };

/** Reads what `normalise` made; null of anything else. */
export function networkOf(value: string): Network | null {
  const [text = "", length] = value.split("/");
  const parsed = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (!parsed.ok) return null;
  const bits = length === undefined ? widthOf(parsed.address.type) : Number(length);
  return { address: maskAddress(parsed.address, bits), bits };
}

/** How `other` lies to `network`: the same, inside of it, around it; null where they have no address in common. */
export function relationOf(network: Network, other: Network): "exact" | "inside" | "around" | null {
  if (network.address.type !== other.address.type) return null;
  const bits = Math.min(network.bits, other.bits);
  const [a, b] = [maskAddress(network.address, bits), maskAddress(other.address, bits)];
  if (!a.groups.every((group, index) => group === b.groups[index])) return null;
  if (network.bits === other.bits) return "exact";
  return other.bits > network.bits ? "inside" : "around";
}

export function formatNetwork({ address, bits }: Network): string {
  return `${formatAddress(address)}/${bits}`;
}
