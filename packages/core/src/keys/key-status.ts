import { dayMs } from "../lib";

export const keyStatuses = ["active", "expiring", "expired", "revoked"] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** Days before its end from which a key counts as expiring. */
export const expiringDays = 14;

export function statusOf(row: { revokedAt: Date | null; expiresAt: Date | null }, now: Date): KeyStatus {
  const { revokedAt, expiresAt } = row;
  if (revokedAt) return "revoked";
  if (!expiresAt) return "active";
  if (expiresAt <= now) return "expired";
  return expiresAt <= expiringBy(now) ? "expiring" : "active";
}

/** A key that ends at or before this time is expiring. */
export function expiringBy(now: Date): Date {
  return new Date(now.getTime() + expiringDays * dayMs);
}
