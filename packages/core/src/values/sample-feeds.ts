/** The feeds of the sample set: nobody pulls them, and no other feed may have one of these ids. */
export const sampleFeedIds = [
  "tocsin-sample-botnets",
  "tocsin-sample-malware",
  "tocsin-sample-phishing",
  "tocsin-sample-scanners",
  "tocsin-sample-advisories",
  "tocsin-sample-research",
] as const;
export type SampleFeedId = (typeof sampleFeedIds)[number];

export function isSampleFeed(id: string): id is SampleFeedId {
  return sampleFeedIds.some((each) => each === id);
}
