import { daySeconds } from "@tocsin/core/lib/durations";

const dayMs = daySeconds * 1000;

export type Span = { first_seen: string; last_seen: string };

/** Days of a strip; the last of them is today, in UTC. */
export const stripDays = 30;

/**
 * Where a source's sightings stand in the last 30 days, as places from 0 to 29: from its first sighting to its last, cut at
 * the edges; null where the last was before. `before`: it saw it earlier, too.
 */
export function spanOf(
  { first_seen, last_seen }: Span,
  now: Date,
): { from: number; to: number; before: boolean } | null {
  const today = Math.floor(now.getTime() / dayMs);
  const place = (iso: string) => stripDays - 1 - (today - Math.floor(Date.parse(iso) / dayMs));
  const [first, last] = [place(first_seen), Math.min(stripDays - 1, place(last_seen))];
  if (last < 0) return null;
  return { from: Math.min(last, Math.max(0, first)), to: last, before: first < 0 };
}
