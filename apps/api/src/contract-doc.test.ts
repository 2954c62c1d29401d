import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { restOperations } from "./reference/operations";

const folder = path.join(import.meta.dirname, "../../../docs");
const text = fs.readFileSync(path.join(folder, "contract.md"), "utf8");
/** Rows of the tables: what, and the tests that prove it. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:what|---)/.test(line))
  .map((line) => line.split(/(?<!\\) \| ?/).map((cell) => cell.replace(/^\| /, "").replaceAll("\\|", "|")));
const proofs = rows.flatMap(([what = "", proven = ""]) => proven.split("<br>").map((proof) => ({ what, proof })));

it.each(proofs)("$what: $proof", ({ proof }) => {
  const [, file = "", title = ""] = /^\[[\w.-]+\]\(([^)]+)\): (.+)$/.exec(proof) ?? [];
  const source = fs.readFileSync(path.join(folder, file), "utf8");
  // As the title of a test: followed by its body.
  const titles = [...source.matchAll(/\(\s*(["'`])((?:(?!\1)[^\\]|\\.)*)\1,\s*(?:\{|async|\(|function)/g)].map(
    (match) => match[2],
  );
  expect(titles, file).toContain(title);
});

it("names every data operation", () => {
  const tags = ["IOCs", "Statistics", "Lookup", "Export Formats", "Detection Rules", "Articles"];
  const data = restOperations().filter(({ rest }) => tags.includes(rest.tag));
  const unnamed = data.map(({ rest }) => rest.operationId).filter((id) => !text.includes(`\`${id}\``));
  expect(data.length).toBeGreaterThan(15);
  expect(unnamed).toEqual([]);
});

it("has a proof in every row", () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter((row) => !row[1])).toEqual([]);
});
