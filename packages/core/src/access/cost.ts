import type { Tier } from "./tiers";

/** Records of an export that cost as much as one request. */
export const recordsPerRequest = 1_000;

/**
 * What an export of so many records costs, in requests: 1 for every thousand, rounded up, at least 1, and at most half
 * of what `most` (the least of the caller's windows) allows, so that what may be asked for can be had.
 */
export function exportCost(records: number, most: number): number {
  const cost = Math.ceil(records / recordsPerRequest);
  return Math.max(1, Math.min(cost, Math.floor(most / 2)));
}

/** What a body with a list costs, in requests, before it is checked: 1 for every `perRequest` entries, rounded up, at least 1. */
export function costOfMany(
  body: unknown,
  field: string,
  { most, perRequest }: { most: number; perRequest: number },
): number {
  const list = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[field] : null;
  const count = Array.isArray(list) && list.length <= most ? list.length : 0;
  return Math.max(1, Math.ceil(count / perRequest));
}

/** The least of the windows that a key of the tier is charged in, in requests. */
export function leastWindow(tier: Tier): number {
  const { requestsPerMinute, requestsPerDay, workspaceRequestsPerMinute, workspaceRequestsPerDay } = tier;
  const limits = [requestsPerMinute, requestsPerDay, workspaceRequestsPerMinute, workspaceRequestsPerDay];
  return Math.min(...limits.map((limit) => limit ?? Number.POSITIVE_INFINITY));
}
