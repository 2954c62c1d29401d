import type { Outputs } from "../../lib/trpc";

export type Overview = Outputs["overview"]["get"];
export type Step = "pull" | "key" | "request";

/** What a new instance still lacks, in the order in which it is done. */
export function openSteps({ feeds, keys, requests }: Pick<Overview, "feeds" | "keys" | "requests">): Step[] {
  const steps: Step[] = [];
  if (feeds.ok + feeds.held === 0) steps.push("pull");
  if (keys.active + keys.expiring + keys.expired + keys.revoked === 0) steps.push("key");
  if (requests.total === 0) steps.push("request");
  return steps;
}
