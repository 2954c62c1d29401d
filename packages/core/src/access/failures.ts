import { addressBucket } from "../values";
import { type Charge, decideCharge, type Limits, unitsPerRequest } from "./spend";
import { windowAt } from "./window";

/** Counts failed attempts per address (IPv6 by /64) and UTC minute; what succeeds costs nothing. */
export type FailureLimiter = {
  /** Counts one failure; not accepted means that the address had used up its failures before. */
  record(address: string | null, now: Date): Charge;
  /** `remaining` of 0 means that the address is over its limit until `resetAt`. */
  peek(address: string | null, now: Date): Charge;
  size(): number;
};

/**
 * A failure limiter for one process. It remembers at most `maxAddresses`; beyond that the address that has been
 * quiet longest is forgotten, so a flood of addresses costs no memory and cannot lock others out.
 */
export function createFailureLimiter({ perMinute = 30, maxAddresses = 65_536 } = {}): FailureLimiter {
  const limits: Limits = { perMinute, perDay: null };
  const failures = new Map<string, number>();
  let current = Number.NEGATIVE_INFINITY;

  const usedBy = (bucket: string, now: Date) => {
    const { index } = windowAt("minute", now);
    if (index !== current) failures.clear();
    current = index;
    return (failures.get(bucket) ?? 0) * unitsPerRequest;
  };

  return {
    record: (address, now) => {
      const bucket = addressBucket(address);
      const minute = usedBy(bucket, now);
      const charge = decideCharge({ minute, day: 0 }, limits, unitsPerRequest, now);
      failures.delete(bucket);
      failures.set(bucket, minute / unitsPerRequest + (charge.accepted ? 1 : 0));
      const [quietest] = failures.keys();
      if (failures.size > maxAddresses && quietest !== undefined) failures.delete(quietest);
      return charge;
    },
    peek: (address, now) => decideCharge({ minute: usedBy(addressBucket(address), now), day: 0 }, limits, 0, now),
    size: () => failures.size,
  };
}
