import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/**
 * The floors of the dashboard, from the ground up. A file imports from its own folder and from folders further up in
 * this list; it knows no other folder of its own line and nothing further down. Values and types count alike.
 */
const floors: readonly (readonly string[])[] = [
  // Knows no screen: reads and writes of the API, dates, numbers, addresses of pages.
  ["lib"],
  // Looks without a subject.
  ["components/ui"],
  ["components/charts"],
  // What several features show of one subject.
  ["components/account", "components/article", "components/feed", "components/key"],
  ["components/ioc"],
  // Test helpers.
  ["testing"],
  foldersIn("features"),
  ["app"],
  // main.tsx and the tests of the whole.
  ["."],
];

const root = import.meta.dirname;
const floorOf = new Map(floors.flatMap((folders, floor) => folders.map((folder) => [folder, floor] as const)));

type Import = { file: string; target: string };

it("has a floor for every folder", () => {
  const unknown = sourceFiles()
    .map(folderOf)
    .filter((folder) => !floorOf.has(folder));
  expect([...new Set(unknown)]).toEqual([]);
});

it("imports downwards only", () => {
  const wrong = imports()
    .filter(({ file, target }) => folderOf(file) !== folderOf(target))
    .filter(({ file, target }) => floor(target) >= floor(file))
    .map(({ file, target }) => `${file} imports ${target}: ${folderOf(target)} is not beneath ${folderOf(file)}`);
  expect(wrong, wrong.join("\n")).toEqual([]);
});

it("has no file that comes back to itself", () => {
  const circles = circlesOf(imports());
  expect(circles, circles.join("\n")).toEqual([]);
});

function floor(file: string): number {
  return floorOf.get(folderOf(file)) ?? Number.POSITIVE_INFINITY;
}

/** The folder of the list that holds the file; `features/keys/key-page.tsx` is of `features/keys`. */
function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  const depth = /^(components|features)\//.test(folder) ? 2 : 1;
  return folder.split("/").slice(0, depth).join("/");
}

function foldersIn(folder: string): string[] {
  const entries = fs.readdirSync(path.join(import.meta.dirname, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}

function sourceFiles(): string[] {
  const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
  return files.map((file) => file.replaceAll(path.sep, "/")).filter((file) => /\.tsx?$/.test(file));
}

/** Every import of a file of ours, `import()` and `import type` among them. */
function imports(): Import[] {
  const known = new Set(sourceFiles());
  return [...known].flatMap((file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    const named = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map(([, name = ""]) => name);
    return named.flatMap((name) => {
      const base = path.posix.join(path.posix.dirname(file), name);
      const target = [`${base}.ts`, `${base}.tsx`, base].find((each) => known.has(each));
      return target === undefined ? [] : [{ file, target }];
    });
  });
}

function circlesOf(all: readonly Import[]): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const targets = new Map<string, string[]>();
  for (const { file, target } of all) targets.set(file, [...(targets.get(file) ?? []), target]);
  const walk = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...way, file]);
    done.add(file);
  };
  for (const { file } of all) walk(file, []);
  return circles;
}
