import { checkedLookup, leadsInside } from "@tocsin/core/outbound";
import { hostOfUrl, isPublicAddress, parseAddress } from "@tocsin/core/values";
import { FetchError } from "./fetch-error";

const closed = "leads to an address that is not on the open internet (TOCSIN_ALLOW_PRIVATE_FEEDS)";

/** Throws FetchError for a URL whose host is an address that is not on the open internet: Node asks no resolver for it. */
export function requirePublicUrl(url: URL): void {
  const host = hostOfUrl(url);
  if (parseAddress(host) && !isPublicAddress(host)) throw new FetchError(`${url.host} ${closed}`);
}

/**
 * The same of a URL that a proxy is to be asked for, by the addresses that its name has here. The proxy resolves it anew
 * and connects to what it finds: what it may reach is its own to decide.
 */
export async function requirePublicTarget(url: URL): Promise<void> {
  if (await leadsInside(hostOfUrl(url))) throw new FetchError(`${url.host} ${closed}`);
}

/** To checked addresses alone the connection goes. */
export const publicLookup = checkedLookup({
  privateTargets: false,
  closed: (host) => new FetchError(`${host} ${closed}`),
});
