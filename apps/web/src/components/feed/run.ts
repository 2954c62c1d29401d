import { count } from "../../lib/numbers";
import type { Outputs } from "../../lib/trpc";

export type Feed = Outputs["feeds"]["list"]["data"][number];
export type Run = Outputs["feeds"]["runs"]["data"][number];
export type RunStatus = Run["status"];

/** What a run brought, in a few words. */
export function runResult({ status, good, bad }: Pick<Run, "status" | "good" | "bad">): string {
  if (status === "unchanged") return "Nothing new";
  if (status === "held") return "Nothing merged";
  if ((status === "failed" || status === "lost") && good + bad === 0) return "Nothing read";
  return `${count(good)} good${bad > 0 ? `, ${count(bad)} bad` : ""}`;
}
