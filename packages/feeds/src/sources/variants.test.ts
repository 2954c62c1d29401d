import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { indicatorFeeds as feeds } from "../catalog/registry";
import type { Parsed, ReadState } from "../definition/layout";
import { splitCsv } from "../parse/csv-record";
import { preflight } from "../parse/preflight";
import { sample, samples } from "../testing/samples";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "tocsin-variants-"));
afterAll(() => fs.rmSync(root, { recursive: true }));

/** What a pull makes of a body, from its first look to its last row. */
async function pulled(id: string, body: Buffer) {
  const file = path.join(root, "body");
  fs.writeFileSync(file, body);
  const layouts = feeds.find((feed) => feed.id === id)?.layouts ?? [];
  const layout = await preflight({ path: file, bytes: body.length }, layouts);
  const state: ReadState = { lines: 0 };
  const rows: Parsed[] = [];
  for await (const group of layout.read(fs.createReadStream(file), state)) rows.push(...group);
  const bad = rows.filter((row) => "problem" in row);
  const said = rows.flatMap((row) => ("observations" in row ? row.observations : []));
  return { layout: layout.name, said, bad, cut: state.cut };
}

const written = samples.filter(({ file }) => sample(file)[0] !== 0xff);
const textOf = (file: string) =>
  sample(file)
    .toString()
    .replace(/^\ufeff/, "");

describe.each<[string, (text: string) => Buffer]>([
  ["in UTF-16 with a mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["in UTF-16 of the other order", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["with CRLF and a mark", (text) => Buffer.from(`\ufeff${text.replace(/\r?\n/g, "\r\n")}`)],
  ["between blank lines", (text) => Buffer.from(text.startsWith("<?xml") ? `${text}\n\n` : `\n\n${text}\n\n`)],
])("a body %s", (_, variant) => {
  test.each(written)("of $id says what $file says", async ({ id, file }) => {
    expect(await pulled(id, variant(textOf(file)))).toEqual(await pulled(id, Buffer.from(textOf(file))));
  });
});

const separators: Readonly<Record<string, string>> = { "benkow-panels.csv": ";" };

/** The rows of a table whose header is its first line that is none of a comment's or in one; null where there is none. */
function tableOf(file: string) {
  const separator = separators[file] ?? ",";
  const lines = textOf(file).split(/\r?\n/);
  const split = lines.map((line) => splitCsv(line.replace(/^[\s#]+/, ""), separator));
  if (split.some((record) => !record.ok)) return null;
  const fields = split.map((record) => (record.ok ? record.fields : []));
  const width = Math.max(...fields.map((row) => row.length));
  const head = fields.findIndex((row) => row.length === width && row.every((name) => /^[a-z][\w: ]*$/i.test(name)));
  if (width < 3 || head < 0) return null;
  const isRow = (at: number) => fields[at]?.length === width && (at === head || !lines[at]?.startsWith("#"));
  return (change: (row: readonly string[], isHead: boolean) => readonly string[]) =>
    lines
      .map((line, at) => {
        if (!isRow(at)) return line;
        const row = change(fields[at] ?? [], at === head).map((field) => `"${field.replaceAll('"', '""')}"`);
        return (at === head && line.startsWith("#") ? "# " : "") + row.join(separator);
      })
      .join("\n");
}

describe("a table with a header", () => {
  const tables = samples.filter(({ file }) => file.endsWith(".csv") && tableOf(file) !== null);

  test("is most of them", () => expect(tables.length).toBeGreaterThan(15));

  describe.each<[string, (row: readonly string[], isHead: boolean) => readonly string[]]>([
    ["in another order", (row) => row.toReversed()],
    ["with a column more", (row, isHead) => [...row, isHead ? "new_column" : "new, value"]],
    ["with a column before", (row, isHead) => [isHead ? "new_column" : "1", ...row]],
    ["in capitals", (row, isHead) => (isHead ? row.map((name) => name.toUpperCase()) : row)],
  ])("%s", (_, change) => {
    test.each(tables)("of $id says what $file says", async ({ id, file }) => {
      const body = Buffer.from(tableOf(file)?.(change) ?? "");
      expect(await pulled(id, body)).toEqual(await pulled(id, sample(file)));
    });
  });
});

test("a line that fills the head is bad, and no reason to refuse the list", async () => {
  const lines = textOf("dshield.txt").split("\n");
  const begin = lines.findIndex((line) => /^\d/.test(line));
  const body = [...lines.slice(0, begin), "A".repeat(1_000_000), ...lines.slice(begin)].join("\n");
  const read = await pulled("dshield", Buffer.from(body));
  const plain = await pulled("dshield", sample("dshield.txt"));
  expect(read).toMatchObject({ said: plain.said, bad: [{ line: begin + 1, problem: "the line is too long" }] });
});
