import { daySeconds, hourSeconds } from "@tocsin/core/lib/durations";

const steps = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", daySeconds],
  ["hour", hourSeconds],
  ["minute", 60],
] as const satisfies [Intl.RelativeTimeFormatUnit, number][];

/** "5 minutes ago", "in 3 days"; below a minute "just now". */
export function relativeTime(iso: string, now: Date, locale?: string): string {
  const seconds = (Date.parse(iso) - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  // The page's clock moves in steps and may be a little behind the server's.
  return seconds > 30 ? "in less than a minute" : "just now";
}

/** Date and time of day in the reader's locale and zone. */
export function localDateTime(iso: string, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(iso));
}

/** The date in the reader's locale and zone. */
export function localDate(iso: string, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone }).format(new Date(iso));
}

/** A calendar day of UTC, "2026-11-21", in the reader's locale: "21 Nov". */
export function localDay(day: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** "2026-11-21 22:22:35 UTC". */
export function utcTime(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A span in milliseconds as "840 ms", "12.4 s" or "3 min 20 s". */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
