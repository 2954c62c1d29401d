import { formatNetwork, networksAround, widthOf } from "../values";
import { entryKeys, subjectKeys } from "./keys";
import type { Subject } from "./subject";
import type { Watch } from "./watch";

/** Which entries, of some that are all in memory, a subject may match: what the database's indexes do in `findMatches`. */
export function createFinder(watches: readonly Watch[]): (subject: Subject) => Watch[] {
  const byKey = new Map<string, Watch[]>();
  const put = (key: string, watch: Watch) => {
    const sharing = byKey.get(key);
    if (sharing) sharing.push(watch);
    else byKey.set(key, [watch]);
  };
  const lengths = new Set<number>();
  for (const watch of watches) {
    for (const key of new Set(entryKeys(watch))) put(key, watch);
    if (!watch.network) continue;
    lengths.add(watch.network.bits);
    for (const around of networksAround(formatNetwork(watch.network))) {
      put(`around:${around}`, watch);
    }
  }
  const families = {
    lookalikes: watches.some(({ lookalikes }) => lookalikes),
    terms: watches.some(({ kind }) => kind === "term"),
    lengths: [...lengths],
  };
  return (subject) =>
    [...subjectKeys(subject, families), ...aroundKeys(subject)].flatMap((key) => byKey.get(key) ?? []);
}

/** A network that has changed lies around narrower ones that are watched. */
function aroundKeys({ network }: Subject): string[] {
  return network && network.bits < widthOf(network.address.type) ? [`around:${formatNetwork(network)}`] : [];
}
