import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/**
 * Folders of src, and its files outside of folders, from the ground up. What stands in one line does not know each other;
 * each knows only what stands in a line above it.
 */
const floors = [
  ["process", "settings", "limits", "wire"],
  ["accounts"],
  ["deps.ts"],
  ["gate", "notices", "exports"],
  ["leak-reports"],
  ["router"],
  ["rest", "documents", "trpc", "taxii", "web", "health"],
  ["reference"],
  ["jobs", "commands"],
  ["app.ts"],
  ["serve.ts"],
  ["cli.ts"],
];

const root = import.meta.dirname;
const floorOf = new Map(floors.flatMap((places, floor) => places.map((place) => [place, floor] as const)));
const sources = fs
  .readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|^(?:testing|e2e)\//.test(file));

it("names every folder", () => {
  expect([...new Set(sources.map(placeOf))].sort()).toEqual([...floorOf.keys()].sort());
});

it("lets imports go down only, of values and of types", () => {
  expect(
    sources
      .flatMap(importsOf)
      .filter(({ from, to }) => !isBelow(to, from))
      .map(describe),
  ).toEqual([]);
});

type Import = { file: string; specifier: string; from: string; to: string };

/** Static, re-exported and dynamic imports of files of ours that lie in another place. */
function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g)].map(
    ([, specifier = ""]) => specifier,
  );
  return specifiers
    .map((specifier) => ({ file, specifier, from: placeOf(file), to: placeOf(resolve(file, specifier)) }))
    .filter(({ from, to }) => from !== to && !to.startsWith(".."));
}

function resolve(file: string, specifier: string): string {
  const target = path.join(path.dirname(file), specifier);
  return fs.existsSync(path.join(root, `${target}.ts`)) ? `${target}.ts` : target;
}

function placeOf(file: string): string {
  return file.split(path.sep, 1)[0] ?? file;
}

function isBelow(lower: string, upper: string): boolean {
  return (floorOf.get(lower) ?? floors.length) < (floorOf.get(upper) ?? -1);
}

function describe({ file, specifier, from, to }: Import): string {
  return `${file} imports "${specifier}": ${from} must not know ${to}`;
}
