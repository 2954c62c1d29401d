import { expect, it } from "vitest";
import type { Parsed, ReadState } from "../definition/layout";
import { namedAfter } from "./named-after";
import { addressLayout } from "./plain-lists";
import { typedCsv } from "./typed-csv";

async function read(body: string, layout = typedCsv({}), file?: string): Promise<string[] | null> {
  if (!layout.fits(body)) return null;
  const state: ReadState = { lines: 0, ...(file === undefined ? {} : { file }) };
  const rows: Parsed[] = [];
  async function* chunks() {
    yield Buffer.from(body);
  }
  for await (const group of layout.read(chunks(), state)) rows.push(...group);
  return rows.flatMap((row) =>
    "observations" in row
      ? row.observations.map(({ value, type, malwareFamily, tags }) =>
          [type, value, malwareFamily, ...(tags ?? [])].filter(Boolean).join(" "),
        )
      : [row.problem],
  );
}

const sha256 = "a1".repeat(32);

it.each([
  ["one line without a line end", `sha256,${sha256},dropper`, [`sha256 ${sha256}`]],
  ["no header", "192.0.2.1,C2\nhxxp://bad[.]example/a,payload\n", ["ipv4 192.0.2.1", "url hxxp://bad[.]example/a"]],
  [
    "a header of any words",
    `Sample,Where\n${sha256},http://bad.example/x\n`,
    [`sha256 ${sha256}`, "url http://bad.example/x"],
  ],
  ["tabs", "domain\tevil.example\tnote\n", ["domain evil.example"]],
  ["semicolons and quotes", `"Type";"Value"\n"SHA1";"${"b2".repeat(20)}"\n`, [`sha1 ${"b2".repeat(20)}`]],
  ["one column", `${"c3".repeat(16)}\nmail@bad.example\n`, [`md5 ${"c3".repeat(16)}`, "email mail@bad.example"]],
  [
    "a column of hosts",
    "hostname,seen\nevil.example,often\n192.0.2.3,once\n",
    ["domain evil.example", "ipv4 192.0.2.3"],
  ],
  ["defanged names", "evil[.]example,a server\n", ["domain evil[.]example"]],
])("reads a table with %s", async (_, body, values) => {
  expect(await read(body)).toEqual(values);
});

it.each([
  ["names of files", "file,setup.zip\npath,C:\\Users\\a.com\n"],
  ["prose", "This report, of 2024, is about malware.\n"],
  ["JSON", '{"a": "192.0.2.1"}'],
  ["a page", "<html>192.0.2.1</html>"],
])("takes nothing of %s", async (_, body) => {
  expect((await read(body)) ?? []).toEqual([]);
});

it("keeps the malware or actor after which a file is named", async () => {
  const layout = addressLayout((file) => namedAfter(file, /^(.+?)(?: C2)? IPs$/));
  expect(await read("192.0.2.1\n", layout, "data/Cobalt Strike C2 IPs.txt")).toEqual(["ipv4 192.0.2.1 Cobalt Strike"]);
  expect(await read("192.0.2.1\n", layout, "all.txt")).toEqual(["ipv4 192.0.2.1"]);
  expect(namedAfter("malware/apt_kimsuky.txt", /^(.+)$/)).toEqual({ tags: ["kimsuky"] });
});
