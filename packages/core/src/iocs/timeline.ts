import { hourMs } from "../lib";

/** How many rows there are up to the end of each hour that has any, oldest first. */
export type Timeline = { readonly hours: readonly number[]; readonly sums: readonly number[] };

/** Of counts by hour in any order, several of one hour added up. */
export function timelineOf(counts: Iterable<{ readonly hour: number; readonly n: number }>): Timeline {
  const byHour = new Map<number, number>();
  for (const { hour, n } of counts) byHour.set(hour, (byHour.get(hour) ?? 0) + n);
  const hours = [...byHour.keys()].sort((a, b) => a - b);
  let sum = 0;
  const sums = hours.map((hour) => {
    sum += byHour.get(hour) ?? 0;
    return sum;
  });
  return { hours, sums };
}

/** Rows of the hours from `first` to `last`, both included. */
export function rowsOfHours(line: Timeline, first: number, last: number): number {
  return last < first ? 0 : sumBefore(line, last + 1) - sumBefore(line, first);
}

export const rowsOf = ({ sums }: Timeline) => sums.at(-1) ?? 0;

function sumBefore({ hours, sums }: Timeline, hour: number): number {
  let [low, high] = [0, hours.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle] ?? 0) < hour) low = middle + 1;
    else high = middle;
  }
  return sums[low - 1] ?? 0;
}

export const hourOf = (time: Date) => Math.floor(time.getTime() / hourMs);
export const startOf = (hour: number) => hour * hourMs;
