import { type Tlp, tlps } from "@tocsin/core/values";
// STIX 2.1, OASIS Standard, 10 June 2021: section 8 (bundle).
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { queryFlag } from "../query";
import { nameUuid } from "../uuid";
import { stixIdentity, stixMarking } from "./fixed-objects";
import { stixObject, viewOf } from "./stix-object";

const options = z.object({
  format: z
    .enum(["bundle", "objects"])
    .default("bundle")
    .meta({ description: "A bundle, or the objects alone as a JSON array.", example: "bundle" }),
  include_identity: queryFlag()
    .default(true)
    .meta({ description: "Whether to begin with the identity of this instance and refer to it.", example: true }),
  include_markings: queryFlag()
    .default(true)
    .meta({ description: "Whether to include the TLP 2.0 marking objects that the others refer to.", example: true }),
  tlp: z.enum(tlps).optional().meta({
    description:
      "The TLP 2.0 label of every object whose sources do not demand a stricter one. Absent: green, amber and clear for high, medium and low confidence.",
    example: "amber",
  }),
});

type Options = { format: "bundle" | "objects"; includeIdentity: boolean; includeMarkings: boolean; tlp: Tlp | null };

export const stix = optionedFormat("stix", options, ({ format, include_identity, include_markings, tlp }) => ({
  contentType: "application/stix+json;version=2.1",
  extension: "json",
  revokes: true,
  write: (pages, about) =>
    write(pages, about, {
      format,
      includeIdentity: include_identity,
      includeMarkings: include_markings,
      tlp: tlp ?? null,
    }),
}));

/** What stands around the objects. A list may not be empty in STIX: without objects the property is left out. */
const frames = {
  bundle: {
    start: (id: string) => `{"type":"bundle","id":"bundle--${id}"`,
    opening: ',"objects":[\n',
    closing: "\n]}\n",
    without: "}\n",
  },
  objects: { start: () => "[", opening: "\n", closing: "\n]\n", without: "]\n" },
} as const;

async function* write(pages: Pages, about: About, chosen: Options): AsyncGenerator<string> {
  const { start, opening, closing, without } = frames[chosen.format];
  yield start(nameUuid(`stix:bundle:${about.instanceName}:${about.now.toISOString()}:${about.selection ?? ""}`));
  let some = false;
  for await (const texts of objectTexts(pages, about, chosen)) {
    if (texts.length === 0) continue;
    yield (some ? ",\n" : opening) + texts.join(",\n");
    some = true;
  }
  yield some ? closing : without;
}

/** The objects as JSON: first those that others refer to, then page by page. */
async function* objectTexts(pages: Pages, { instanceName }: About, chosen: Options): AsyncGenerator<string[]> {
  yield [
    ...(chosen.includeIdentity ? [stixIdentity(instanceName)] : []),
    // No label below the one that was asked for can occur.
    ...(chosen.includeMarkings ? tlps.slice(chosen.tlp === null ? 0 : tlps.indexOf(chosen.tlp)).map(stixMarking) : []),
  ].map((object) => JSON.stringify(object));
  const view = viewOf(instanceName, chosen.tlp, chosen.includeIdentity);
  for await (const page of pages) {
    yield page.flatMap((ioc) => {
      const object = stixObject(ioc, view);
      return object === null ? [] : [JSON.stringify(object)];
    });
  }
}
