// IANA's special-purpose address registries (RFC 6890 and successors).
import { cidrContains, parseCidr, parseIp } from "./ip";

const closed = networks(
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Of 2000::/3, which alone is given out: what tunnels to an IPv4 address, and what is for no one.
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
);
const givenOut = networks("2000::/3");

/** Whether an address is one of the open internet; an IPv4-mapped one is judged as the IPv4 address. */
export function isPublicAddress(text: string): boolean {
  const ip = parseIp(text);
  if (!ip || closed.some((network) => cidrContains(network, ip))) return false;
  return ip.version === 4 || givenOut.some((network) => cidrContains(network, ip));
}

function networks(...texts: string[]) {
  return texts.map((text) => {
    const cidr = parseCidr(text);
    if (!cidr) throw new Error(`not a network: ${text}`);
    return cidr;
  });
}
