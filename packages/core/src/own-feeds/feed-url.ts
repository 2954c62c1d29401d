import { invalidParameter } from "../errors";
import { targetProblem } from "../outbound";
import type { Credentials } from "./shape";

/** Whether addresses that are not on the open internet, and http://, may be pulled from: TOCSIN_ALLOW_PRIVATE_FEEDS. */
export type FeedReach = { privateFeeds: boolean };

const place = "{key}";

/** Throws `invalid_parameter` for a URL that no feed of an operator may be at, as far as its text tells. */
export function requireFeedUrl(url: string, auth: Pick<Credentials, "kind">, { privateFeeds }: FeedReach): void {
  const refuse = (problem: string) =>
    invalidParameter({
      field: "url",
      problem,
      allowed: privateFeeds ? "an http:// or https:// URL" : "an http:// or https:// URL on the open internet",
    });
  if (auth.kind === "url" && !url.includes(place)) throw refuse("has no {key}, where the secret goes");
  if (auth.kind !== "url" && url.includes(place)) throw refuse("holds {key}, and no secret goes there");
  const filled = url.replaceAll(place, "key");
  const problem = targetProblem(filled, { privateTargets: true }) ?? closedProblem(filled, privateFeeds);
  if (problem) throw refuse(problem);
  if (new URL(filled).host !== new URL(url.replaceAll(place, "other")).host) {
    throw refuse("holds {key} in the name of its host");
  }
  if (auth.kind !== "none" && new URL(filled).protocol !== "https:" && !privateFeeds) {
    throw refuse("must begin with https://, as a secret is sent with it");
  }
}

function closedProblem(url: string, privateFeeds: boolean): string | null {
  // Lists are published on http:// still, so that only where it leads is judged as for https://.
  return privateFeeds ? null : targetProblem(url.replace(/^http:/i, "https:"), { privateTargets: false });
}
