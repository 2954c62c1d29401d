// Labels as sources write them. TLP 1 and 2: https://www.first.org/tlp/; STIX 2.1 §7.2.1.4; the TLP 2.0 extension of OASIS:
// https://github.com/oasis-open/cti-stix-common-objects; MISP's taxonomy `tlp`.
import { strictestTlp, type Tlp } from "./tlp";

const words: Readonly<Record<string, Tlp>> = {
  white: "clear",
  clear: "clear",
  green: "green",
  amber: "amber",
  "amber+strict": "amber+strict",
  amberstrict: "amber+strict",
  red: "red",
};

/** The STIX id of each TLP 2.0 marking, the same everywhere. */
export const tlpMarkings = {
  clear: "94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "e828b379-4e03-4974-9ac4-e53a884c97c1",
} as const satisfies Record<Tlp, string>;

const markings: ReadonlyMap<string, Tlp> = new Map<string, Tlp>([
  [tlpMarkings.clear, "clear"],
  [tlpMarkings.green, "green"],
  [tlpMarkings.amber, "amber"],
  [tlpMarkings["amber+strict"], "amber+strict"],
  [tlpMarkings.red, "red"],
  // Those of TLP 1, predefined by STIX 2.0 and 2.1.
  ["613f2e26-407d-48c7-9eca-b8e91df99dc9", "clear"],
  ["34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"],
  ["f88d31f6-486f-44da-b317-01333bde0b82", "amber"],
  ["5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"],
  // OpenCTI's, which adds a label to TLP 1.
  ["826578e1-40ad-459f-bc73-ede076f81f37", "amber+strict"],
]);

/** Longer texts are no labels. */
const longest = 60;

/** `TLP:AMBER+STRICT`, `tlp: white`, `Red`: the label that a whole text is, by TLP 1 or 2; null where it is none. */
export function readTlp(text: string): Tlp | null {
  const trimmed = text.trim();
  if (trimmed.length > longest) return null;
  const plain = trimmed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]/gu, "")
    .replace(/^tlp(?:v?[12]0?)?/, "");
  return (Object.hasOwn(words, plain) ? words[plain] : undefined) ?? null;
}

/** The strictest label among tags; a tag is one where it begins with `tlp`, so that `red` alone is a word. */
export function tlpOfTags(tags: readonly string[]): Tlp | null {
  return strictestOf(tags.map((tag) => (/^tlp/i.test(tag.trimStart()) ? readTlp(tag) : null)));
}

/** The label that the id of a STIX marking stands for everywhere; null of any other id. */
export function tlpOfMarking(id: string): Tlp | null {
  return (
    markings.get(
      id
        .trim()
        .toLowerCase()
        .replace(/^marking-definition--/, ""),
    ) ?? null
  );
}

/** The strictest of labels; null where there is none. */
export function strictestOf(labels: readonly (Tlp | null | undefined)[]): Tlp | null {
  return labels.reduce<Tlp | null>((so, label) => (so && label ? strictestTlp(so, label) : (label ?? so)), null);
}
