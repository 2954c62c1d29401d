import fs from "node:fs";
import path from "node:path";

type Floors = {
  /** The package's source folder. */
  src: string;
  /**
   * From the ground up: folders (`values`, `components/ui`) and files outside of any by their names without ending. Those
   * of one line know nothing of each other.
   */
  order: readonly (string | readonly string[])[];
  /** Whether a folder is known to others by its `index.ts` alone. */
  byIndex?: boolean;
  /** Folders of what only tests import, beside `testing` and `e2e`. */
  onlyForTests?: readonly string[];
};

type Source = { file: string; text: string };

/**
 * What is wrong with the imports between the folders of a package, a sentence each: an import that does not go down,
 * of values or of types, one past a folder's `index.ts` where that is asked for, and a folder that stands on no floor.
 * Tests, and what only they use (`testing.ts`, `testing/`, `e2e/`), are not looked at.
 */
export function floorProblems({ src, order, byIndex = false, onlyForTests = [] }: Floors): string[] {
  const floors = new Map(order.flatMap((line, floor) => [line].flat().map((place) => [place, floor] as const)));
  const sources = sourcesBelow(src, ["testing", "e2e", "generated", ...onlyForTests]).map((file): Source => {
    const text = fs.readFileSync(file, "utf8");
    return {
      file: path
        .relative(src, file)
        .replaceAll("\\", "/")
        .replace(/\.tsx?$/, ""),
      text,
    };
  });
  const known = new Set(sources.map(({ file }) => file));
  const homeless = sources.filter(({ file }) => placeOf(file, floors) === null).map(({ file }) => file);
  return [
    ...homeless.map((file) => `${file} stands on no floor: name its folder in the order`),
    ...sources.flatMap((source) => importProblems(source, { floors, known, byIndex })),
  ];
}

type About = { floors: ReadonlyMap<string, number>; known: ReadonlySet<string>; byIndex: boolean };

function importProblems({ file, text }: Source, { floors, known, byIndex }: About): string[] {
  const above = placeOf(file, floors);
  return importsOf(text).flatMap((written) => {
    const bare = path.posix.join(path.posix.dirname(file), written);
    const target = [bare, `${bare}/index`].find((one) => known.has(one));
    const below = target === undefined ? null : placeOf(target, floors);
    if (target === undefined || above === null || below === null || above === below) return [];
    const goesDown = (floors.get(below) ?? 0) < (floors.get(above) ?? 0);
    const reachesPast = byIndex && target !== below && target !== `${below}/index`;
    return [
      ...(goesDown ? [] : [`${file} imports ${target}, but ${below} does not stand below ${above}`]),
      ...(reachesPast ? [`${file} imports ${target}, past ${below}/index.ts`] : []),
    ];
  });
}

/** The longest of the named folders that a file is in, or the file itself. */
function placeOf(file: string, floors: ReadonlyMap<string, number>): string | null {
  for (let place = file; place !== "."; place = path.posix.dirname(place)) if (floors.has(place)) return place;
  return null;
}

function sourcesBelow(folder: string, leftOut: readonly string[]): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return leftOut.includes(entry.name) ? [] : sourcesBelow(full, leftOut);
    return /\.tsx?$/.test(entry.name) && !/(?:\.test|\.d|(?:^|\.)testing)\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

/** Imports and exports from files of ours, `import(…)` and imports for their effects. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"(\.[^"]*)"/gm);
  return Array.from(found, (match) => match[1] ?? "");
}
