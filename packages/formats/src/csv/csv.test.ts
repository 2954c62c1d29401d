import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { about, records } from "../golden/records";
import { csvCell, csvRow } from "./cell";
import { csv } from "./csv";

/** RFC 4180 to the letter: CRLF ends every record, quotes only around whole fields, no quote in a bare field. */
function parseStrictly(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) throw new Error("the last record has no line break");
  return rows;
}

const cellText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "'", "=", "+", "-", "@", ";", " ", "\t", "a") }),
);

describe("csvRow", () => {
  it("parses back to its cells, with the mark before what would be a formula and nowhere else", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cellText, { minLength: 1 })), (rows) => {
        const marked = rows.map((row) => row.map((cell) => (/^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell)));
        expect(parseStrictly(rows.map(csvRow).join(""))).toEqual(marked);
      }),
    );
  });

  it("never leaves a cell that a spreadsheet would run", () => {
    fc.assert(
      fc.property(fc.array(cellText, { minLength: 1 }), (cells) => {
        for (const cell of parseStrictly(csvRow(cells))[0] ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });

  it.each([
    ["plain", "plain"],
    ["", ""],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    [" padded ", '" padded "'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", '"\'\rx"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["a=b", "a=b"],
  ])("writes %j as %j", (text, cell) => expect(csvCell(text)).toBe(cell));
});

describe("csv", () => {
  it("has the contract's columns, every record's cells and a header even without records", async () => {
    const header = "id,type,value,confidence,first_seen,last_seen,source_article,source_feed,category,tags\r\n";
    expect(await textOf([])).toBe(header);
    const rows = parseStrictly(await textOf(records));
    expect(rows).toHaveLength(records.length + 1);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]));
    expect(rows.slice(1).map((row) => row[2]?.replace(/^'/, ""))).toEqual(records.map((record) => record.value));
  });

  it("keeps a tag whole that holds the separator", async () => {
    const [record] = records;
    if (!record) throw new Error("no record");
    const rows = parseStrictly(await textOf([{ ...record, tags: ["a;b", "c"] }]));
    expect(rows[1]?.[9]).toBe("a,b;c");
  });
});

async function textOf(page: typeof records): Promise<string> {
  async function* pages() {
    yield page;
  }
  let text = "";
  for await (const chunk of csv.write(pages(), about)) text += chunk;
  return text;
}
