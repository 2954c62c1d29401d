import { iocId } from "../values";

/** The /24 of an IPv4 address or of a network within one, and the ids of all its addresses; null for a wider network. */
export function addressesBeside(value: string): { network: string; ids: string[] } | null {
  const [, start, length] = /^((?:\d{1,3}\.){3})\d{1,3}(?:\/(\d{1,2}))?$/.exec(value) ?? [];
  if (start === undefined || Number(length ?? 32) < 24) return null;
  const network = `${start}0/24`;
  const addresses = Array.from({ length: 256 }, (_, last) => iocId("ipv4", `${start}${last}`));
  return { network, ids: [...addresses, iocId("ipv4", network)] };
}
