import { daySeconds, hourSeconds } from "@tocsin/core/lib/durations";
import { plural } from "../../lib/numbers";

/** Seconds for which the secret before goes on working once the new one is used. */
export const graceChoices = [
  { value: "0", label: "No overlap", note: "The old secret is refused immediately. Choose this if it has leaked." },
  { value: "3600", label: "1 hour", note: "For one program that you change yourself." },
  { value: "86400", label: "1 day", note: "For a few programs." },
  { value: "604800", label: "7 days", note: "For many programs or slow rollouts. This is the maximum." },
];
export const standardGrace = "86400";

const units = [
  [daySeconds, "day"],
  [hourSeconds, "hour"],
  [60, "minute"],
] as const;

/** 86400 as "1 day", 5400 as "90 minutes": the largest unit that leaves no rest. */
export function graceText(seconds: number): string {
  const [size, name] = units.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, "second"];
  return plural(seconds / size, name);
}
