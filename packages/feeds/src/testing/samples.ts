import fs from "node:fs";
import path from "node:path";
import type { FeedSamples } from "../samples/sample";

/** One body of a feed of indicators, by the name under which `sample` gives it, and what is read of it. */
export type Sample = {
  id: string;
  file: string;
  layout: string;
  says: readonly Readonly<Record<string, unknown>>[];
};

const folder = path.join(import.meta.dirname, "../samples");
const ids = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && name !== "sample.ts")
  .map((name) => name.slice(0, -3));
const modules = await Promise.all(
  ids.map(async (id) => ({
    id,
    ...((await import(`../samples/${id}.ts`)) as { samples: FeedSamples; unseen?: true }),
  })),
);
const inline = new Map<string, Buffer>();

/** All samples, of each feed those of the file that has its id. */
export const samples: readonly Sample[] = modules.flatMap(({ id, samples: own }) =>
  own.map((each, index) => {
    const file = "file" in each ? each.file : `${id}#${index}`;
    if ("body" in each) inline.set(file, Buffer.from(each.body));
    return { id, file, layout: each.layout, says: each.says };
  }),
);

/** The feeds of which no body of the vendor was at hand. */
export const unseen: readonly string[] = modules.flatMap(({ id, unseen: guessed }) => (guessed ? [id] : []));

/** The body of a sample. */
export function sample(name: string): Buffer {
  return inline.get(name) ?? fs.readFileSync(path.join(folder, name));
}
