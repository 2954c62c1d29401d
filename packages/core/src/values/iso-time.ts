import { dayMs } from "../lib";

// ISO 8601 as Date.toISOString writes it: most of a large document's time would else go there.
const dates = new Map<number, string>();
const pad = (n: number, length: number) => String(n).padStart(length, "0");
const minutesOfDay = Array.from({ length: 1_440 }, (_, n) => `${pad(Math.floor(n / 60), 2)}:${pad(n % 60, 2)}:`);
const secondsOfMinute = Array.from({ length: 60 }, (_, n) => `${pad(n, 2)}.`);
const endings = Array.from({ length: 1_000 }, (_, n) => `${pad(n, 3)}Z`);

/** The same text as `date.toISOString()`. */
export function isoTime(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / dayMs);
  let start = dates.get(day);
  if (start === undefined) {
    start = date.toISOString().slice(0, -13);
    if (dates.size > 10_000) dates.clear();
    dates.set(day, start);
  }
  const ms = time - day * dayMs;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  return start + minutesOfDay[minutes] + secondsOfMinute[seconds - minutes * 60] + endings[ms - seconds * 1_000];
}
