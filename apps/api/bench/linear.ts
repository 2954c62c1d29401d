/**
 * Show 1: CPU of every reader of outside text for hostile texts of n characters and of twice as many, by the largest
 * growth. The suite does the same with shorter texts and less of them.
 *
 *   npx tsx bench/linear.ts [--size 32768] [--mixed 300] [--budget 2000] [--only refang]
 *
 * `--size`: n. `--mixed`: chance combinations for each reader. `--budget`: CPU for each reader, in ms.
 */
import { parseArgs } from "node:util";
import { growthsOf, hostileTexts } from "@tocsin/core/testing/hostile";
import { coreReaders } from "@tocsin/core/testing/readers";
import { feedReaders } from "@tocsin/feeds/testing/readers";
import { wireReaders } from "../src/wire/readers.testing";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "32768" },
    mixed: { type: "string", default: "300" },
    budget: { type: "string", default: "2000" },
    only: { type: "string", default: "" },
  },
});
const size = Number(values.size);
const readers = [...coreReaders, ...feedReaders, ...wireReaders].filter(({ name }) => name.includes(values.only));

const rows = [];
for (const reader of readers) {
  const texts = hostileTexts(reader, Number(values.mixed));
  const growths = await growthsOf(reader, texts, { size, spareMs: 2, budgetMs: Number(values.budget) });
  const worst = growths.reduce((one, other) => (other.ratio > one.ratio ? other : one));
  const slowest = Math.max(...growths.map(({ twiceMs }) => twiceMs));
  rows.push({
    reader: reader.name,
    texts: growths.length,
    "ms at n": round(worst.ms),
    "ms at 2n": round(worst.twiceMs),
    ratio: round(worst.ratio),
    "slowest ms": round(slowest),
    input: worst.input.slice(0, 60),
  });
  process.stderr.write(`${reader.name}\n`);
}
rows.sort((a, b) => b.ratio - a.ratio);
console.table(rows.slice(0, 40));
const quick = rows.filter(({ ratio }) => ratio === 0).length;
console.log(JSON.stringify({ n: size, readers: rows.length, quick, largest: rows[0]?.ratio ?? 0 }));

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
