import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** The folders, from the ground up: each may import itself and those before it. `index.ts` stands above them all. */
const floors = [
  "definition", // what a feed is, and what a reader of bodies is
  "fetch", // a body from the network or the mirror, into the spool
  "parse", // a body in the spool to records
  "taxii", // the pages of a TAXII 2.1 collection
  "sources", // one file a feed
  "catalog", // all of the sources, and which of them are on
  "own", // feeds that operators describe
  "pull", // one feed, from its claim to its end
  "schedule", // all feeds, when they are due
] as const;

/** What only tests import; tests and these may import from any folder. */
const forTests = ["samples", "testing"];

const root = import.meta.dirname;
const importOf = /\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g;

function floorOf(file: string): number {
  const [folder = ""] = file.split(path.sep);
  return file === "index.ts" ? floors.length : (floors as readonly string[]).indexOf(folder);
}

const sources = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !forTests.includes(file.split(path.sep)[0] ?? ""),
  )
  .sort();

it("every file is in a folder that has its floor", () => {
  expect(sources.filter((file) => floorOf(file) < 0)).toEqual([]);
});

it("imports, of values and of types, go down only", () => {
  const imports = sources.flatMap((file) =>
    [...fs.readFileSync(path.join(root, file), "utf8").matchAll(importOf)].map(([, written = ""]) => ({
      file,
      target: path.relative(root, path.resolve(root, path.dirname(file), written)),
    })),
  );
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ file, target }) => {
    const floor = floorOf(target);
    return floor < 0 || floor > floorOf(file);
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}, which is no floor below it`)).toEqual([]);
});
