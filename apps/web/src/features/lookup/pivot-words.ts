import type { Outputs } from "../../lib/trpc";

type Pivot = Outputs["lookup"]["relations"]["data"]["groups"][number]["pivot"];

/** What the indicators of a group have in common with the value, before its label. */
export const pivotWords = {
  host: "Host",
  urls: "URLs of",
  network: "Same network",
  article: "Same article",
  family: "Same malware",
  tag: "Same tag",
} as const satisfies Record<Pivot, string>;
