import { dayMs, minuteMs } from "../lib";

export const windowKinds = ["minute", "day"] as const;
export type WindowKind = (typeof windowKinds)[number];

/** Milliseconds. UTC has no days of another length here: leap seconds do not exist in Unix time. */
export const windowLength: Record<WindowKind, number> = { minute: minuteMs, day: dayMs };

/** A fixed window of UTC: `index` counts windows since 1970, `startsAt` belongs to it, `endsAt` to the next. */
export type Window = { kind: WindowKind; index: number; startsAt: Date; endsAt: Date };

/** The UTC minute or day that holds `now`. */
export function windowAt(kind: WindowKind, now: Date): Window {
  const length = windowLength[kind];
  const index = Math.floor(now.getTime() / length);
  return { kind, index, startsAt: new Date(index * length), endsAt: new Date((index + 1) * length) };
}
