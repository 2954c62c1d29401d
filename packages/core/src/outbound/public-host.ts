import dns from "node:dns";
import { isPublicAddress, parseAddress } from "../values";

/** As `dns.lookup` with `all`. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>;

/** All addresses of a name, as the system resolves it. */
export function resolveAll(host: string): Promise<{ address: string; family: number }[]> {
  return dns.promises.lookup(host, { all: true });
}

/**
 * Whether a host that is to be asked through a proxy is known to lead to an address that is not on the open internet. The
 * proxy resolves the name again, by itself: a name that cannot be resolved here is left to it.
 */
export async function leadsInside(host: string, resolve: Resolve = resolveAll): Promise<boolean> {
  if (parseAddress(host)) return !isPublicAddress(host);
  const addresses = await resolve(host).catch(() => []);
  return addresses.some(({ address }) => !isPublicAddress(address));
}
