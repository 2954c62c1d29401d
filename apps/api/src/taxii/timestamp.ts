// TAXII 2.1 section 1.6.1: RFC 3339 in UTC; exactly six fraction digits are written, up to nine are read.
import type { DateAdded } from "@tocsin/core/taxii";

const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;

/** A timestamp with six fraction digits, cut off there; null when it is none. */
export function readTimestamp(text: string): DateAdded | null {
  const [, seconds, fraction = ""] = written.exec(text) ?? [];
  if (seconds === undefined || !isTime(seconds)) return null;
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}

/** The milliseconds of a timestamp; null when it is none, NaN when no time of ours can be that exact. */
export function readMilliseconds(text: string): number | null {
  const [, seconds, fraction = ""] = written.exec(text) ?? [];
  if (seconds === undefined || !isTime(seconds)) return null;
  if (/[1-9]/.test(fraction.slice(3))) return Number.NaN;
  return Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
}

function isTime(seconds: string): boolean {
  const time = new Date(`${seconds}.000Z`);
  // A 30th of February would become a day in March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(seconds);
}
