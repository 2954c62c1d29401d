import fs from "node:fs";
import path from "node:path";

type Floors = {
  /** The package's source folder. */
  src: string;
  /** Its folders, and its files at the top by their names without ending, from the ground up. */
  order: readonly string[];
  /** Whether another folder is imported by its `index.ts` alone, or by what is named here, as `keys/shape`. */
  doors?: "index" | "any";
  alsoOpen?: readonly string[];
};

/**
 * What is wrong with the imports between the folders of a package, a sentence each: an import that goes up, counting
 * those of types too, one that reaches past a folder's `index.ts`, and a folder that stands on no floor. Tests, and
 * what only they use, are not looked at.
 */
export function floorProblems({ src, order, doors = "any", alsoOpen = [] }: Floors): string[] {
  const files = sourcesBelow(src).map((file) => path.relative(src, file).replaceAll("\\", "/"));
  const known = new Set(files.map((file) => file.replace(/\.tsx?$/, "")));
  const floorOf = (file: string) =>
    file.includes("/") ? file.slice(0, file.indexOf("/")) : file.replace(/\.tsx?$/, "");
  const resolve = (from: string, to: string) => {
    const bare = path.posix.join(path.posix.dirname(from), to);
    return known.has(bare) ? bare : known.has(`${bare}/index`) ? `${bare}/index` : null;
  };
  const problems = [...new Set(files.map(floorOf))]
    .filter((floor) => !order.includes(floor))
    .map((floor) => `${floor} stands on no floor: name it in the order`);
  for (const file of files) {
    for (const written of importsOf(fs.readFileSync(path.join(src, file), "utf8"))) {
      const target = resolve(file, written);
      if (target === null) continue;
      const [above, below] = [floorOf(file), floorOf(target)];
      if (above === below) continue;
      if (order.indexOf(below) > order.indexOf(above)) {
        problems.push(`${file} imports ${target}, but ${below} stands above ${above}`);
      }
      const open = !target.includes("/") || target === `${below}/index` || alsoOpen.includes(target);
      if (doors === "index" && !open) problems.push(`${file} imports ${target}, past ${below}/index.ts`);
    }
  }
  return problems;
}

function sourcesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "testing" ? [] : sourcesBelow(full);
    return /\.tsx?$/.test(entry.name) && !/(?:\.test|\.d|(?:^|\.)testing)\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)"(\.[^"]*)"/gm);
  return Array.from(found, (match) => match[1] ?? "");
}
