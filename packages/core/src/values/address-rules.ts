import { createBoundedMap } from "../lib";
import { formatAddress, formatNetwork, networkAt, networkHolds, parseAddress, parseNetwork } from "./address";

/** Whether an address passes a key's rules; no rules let every address in, rules let no unknown one in. */
export function addressAllowed(rules: readonly string[], address: string | null): boolean {
  if (rules.length === 0) return true;
  const from = address === null ? null : parseAddress(address);
  if (from === null) return false;
  return rules.some((rule) => {
    const network = parseNetwork(rule);
    return network !== null && networkHolds(network, from);
  });
}

/** Asked for several times with each request, of few addresses. */
const buckets = createBoundedMap<string>(10_000);

/** What failed attempts are counted by: an IPv4 address, an IPv6 /64, or `unknown`. */
export function addressBucket(text: string | null): string {
  if (text === null) return "unknown";
  const known = buckets.get(text);
  if (known !== undefined) return known;
  const bucket = readBucket(text);
  buckets.set(text, bucket);
  return bucket;
}

function readBucket(text: string): string {
  const address = parseAddress(text);
  if (!address) return "unknown";
  return address.type === "ipv4" ? formatAddress(address) : formatNetwork(networkAt(address, 64));
}
