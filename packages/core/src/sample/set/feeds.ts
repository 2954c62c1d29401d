import type { FeedFacts } from "../../iocs";
import type { FeedDescription } from "../../runs";
import type { SampleFeedId } from "../../values";

export type SampleFeed = FeedFacts & { id: SampleFeedId; kind: "indicators" | "articles"; intervalSeconds: number };

const hour = 3_600;

/** Sources of the sample set; all of them are ours, and nobody pulls them. */
export const sampleFeeds: readonly SampleFeed[] = [
  {
    ...{ id: "tocsin-sample-botnets", name: "Tocsin sample botnets", kind: "indicators", intervalSeconds: hour },
    ...{ category: "threat-intel", confidence: "high", tlp: "clear", reputation: 85 },
  },
  {
    ...{ id: "tocsin-sample-malware", name: "Tocsin sample malware", kind: "indicators", intervalSeconds: hour },
    ...{ category: "threat-feed", confidence: "high", tlp: "clear" },
  },
  {
    ...{ id: "tocsin-sample-phishing", name: "Tocsin sample phishing", kind: "indicators", intervalSeconds: 4 * hour },
    ...{ category: "community", confidence: "medium", tlp: "clear" },
  },
  {
    ...{ id: "tocsin-sample-scanners", name: "Tocsin sample scanners", kind: "indicators", intervalSeconds: 6 * hour },
    ...{ category: "threat-feed", confidence: "low", tlp: "clear" },
  },
  {
    ...{ id: "tocsin-sample-advisories", name: "Tocsin sample advisories", kind: "articles" },
    ...{ category: "government", confidence: "high", tlp: "clear", intervalSeconds: 24 * hour },
  },
  {
    ...{ id: "tocsin-sample-research", name: "Tocsin sample research", kind: "articles", intervalSeconds: 6 * hour },
    ...{ category: "research", confidence: "medium", tlp: "green" },
  },
];

/** How the dashboard and `tocsin feeds` describe them while the set is loaded. */
export function describeSampleFeeds(): FeedDescription[] {
  return sampleFeeds.map(({ id, name, kind, category, tlp, intervalSeconds }) => ({
    ...{ id, name, kind, category, tlp },
    vendor: "Tocsin sample",
    own: false,
    homepage: "https://tocsin-sample.example/",
    licence: { name: "Apache-2.0", url: null, redistribution: "yes" },
    needs_key: null,
    interval_seconds: intervalSeconds,
    state: "on",
  }));
}
