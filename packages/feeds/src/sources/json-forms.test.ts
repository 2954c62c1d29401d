import { describe, expect, test } from "vitest";
import { readBody } from "../testing/bodies";
import { sample, samples } from "../testing/samples";

const documents = samples.filter(({ file }) => /\.(?:json|stix2)$/.test(file) && isJson(sample(file).toString()));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, each]) => [name, ordered(each)]),
  );
};
const escaped = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

describe.each<[string, (value: unknown) => string]>([
  ["without blanks", (value) => JSON.stringify(value)],
  ["with tabs", (value) => JSON.stringify(value, null, "\t")],
  ["with members in another order", (value) => JSON.stringify(ordered(value))],
  ["in ASCII, slashes escaped", (value) => escaped(JSON.stringify(value)).replaceAll("/", "\\/")],
])("a document %s", (_, write) => {
  test.each(documents)("of $id says what $file says", async ({ id, file }) => {
    const said = async (body: Buffer) => {
      const { layout, rows, cut, more } = (await readBody(id, body)) ?? { rows: [] };
      // Members that are numbers are read in their order, wherever they stand.
      const texts = rows.map((row) => JSON.stringify("observations" in row ? row.observations : row));
      return { layout, cut, more, said: texts.sort() };
    };
    const body = sample(file);
    expect(await said(Buffer.from(write(JSON.parse(body.toString()))))).toEqual(await said(body));
  });
});
