import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
// @boundaries-ignore one reader of floors for all packages, beside their shared Vitest setting
import { floorProblems } from "../../../floors.shared";

const src = import.meta.dirname;

/** From the ground up: a folder knows those before it, and none of its own line. No feature knows another. */
const order = [
  // Knows no screen: the API's client, dates, numbers, addresses of pages.
  "lib",
  "components/ui",
  "components/charts",
  "components/table",
  // What several features show of one subject.
  ["components/account", "components/article", "components/feed", "components/key", "components/sample"],
  "components/ioc",
  featureFolders(),
  "app",
  "main",
];

it("the dashboard's folders import downwards alone", () => {
  expect(floorProblems({ src, order })).toEqual([]);
});

it("no file of the dashboard imports its way back to itself, by values or by types", () => {
  expect(circles(importsByFile())).toEqual([]);
});

function featureFolders(): string[] {
  const entries = fs.readdirSync(path.join(src, "features"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `features/${name}`);
}

type Imports = ReadonlyMap<string, readonly string[]>;

function importsByFile(): Imports {
  const files = fs.readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const known = new Set(files.map((file) => file.replaceAll(path.sep, "/")));
  return new Map([...known].map((file) => [file, importsOf(file, known)]));
}

function importsOf(file: string, known: ReadonlySet<string>): string[] {
  const text = fs.readFileSync(path.join(src, file), "utf8");
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].flatMap(([, name = ""]) => {
    const bare = path.posix.join(path.posix.dirname(file), name);
    return [`${bare}.ts`, `${bare}.tsx`].filter((each) => known.has(each));
  });
}

function circles(imports: Imports): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const target of imports.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return found;
}
