import { formatCidr, parseCidr, parseIp } from "../values";

/** The network that an address counts as: IPv4 /24, IPv6 /48; null for what is no address. */
export function networkOf(address: string | null): string | null {
  const ip = address === null ? null : parseIp(address);
  if (!ip) return null;
  const text = ip.version === 4 ? ip.octets.join(".") : (address ?? "").split("%", 1)[0];
  const cidr = parseCidr(`${text}/${ip.version === 4 ? 24 : 48}`);
  return cidr && formatCidr(cidr);
}
