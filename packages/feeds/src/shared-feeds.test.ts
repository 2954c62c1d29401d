import fs from "node:fs";
import path from "node:path";
import { type Detected, detect, refang, resolveAs } from "@tocsin/core/iocs";
import { describe, expect, test } from "vitest";
import type { Parsed } from "./layout";
import { readBody } from "./parse/testing";
import { feeds } from "./registry";

const folder = path.resolve(import.meta.dirname, "../../../../shared/feeds");
type Answer = { records: number; values: Record<string, string[]> };

/** Addresses with ports stand in the key a second time, without them. */
function expectedValues(values: Record<string, string[]>): Set<string> {
  const typed = Object.entries(values).filter(([type]) => !type.includes(":port"));
  return new Set(typed.flatMap(([, list]) => list.map((value) => named(detect(value), value))));
}

function foundValues(rows: readonly Parsed[]): Set<string> {
  const observations = rows.flatMap((row) => ("observations" in row ? row.observations : []));
  return new Set(observations.map(({ value, type }) => named(type ? resolveAs(type, value) : detect(value), value)));
}

/** Reserved addresses do stand in feeds; to refuse them is for core. */
function named(known: Detected, raw: string): string {
  if (known.ok) return `${known.type} ${known.value}`;
  return known.reserved ? `reserved ${known.reserved.value.replace(/:\d+$/, "")}` : `refused ${refang(raw)}`;
}

const present = fs.existsSync(folder);
if (!present) console.warn(`shared-feeds.test.ts: skipped, ${folder} does not exist`);

describe.skipIf(!present)("bodies of real feeds", () => {
  const ids = new Set(feeds.map(({ id }) => id));
  const answers = present ? fs.readdirSync(path.join(folder, "expected")) : [];
  const cases = answers.flatMap((name) => {
    const [id = "", file = ""] = name.replace(/\.json$/, "").split("__");
    return ids.has(id) ? [{ id, file, name }] : [];
  });

  test("every feed has a body", () => {
    const folders = fs.readdirSync(folder);
    expect([...ids].filter((id) => !folders.includes(id))).toEqual([]);
  });

  test.each(cases)("$id: $file", async ({ id, file, name }) => {
    const answer: Answer = JSON.parse(fs.readFileSync(path.join(folder, "expected", name), "utf8"));
    const { rows, cut } = (await readBody(id, fs.readFileSync(path.join(folder, id, file)))) ?? { rows: [] };
    expect(rows.filter((row) => "problem" in row)).toEqual([]);
    expect(cut).toBeUndefined();
    expect(rows.length).toBe(answer.records);
    expect(foundValues(rows)).toEqual(expectedValues(answer.values));
  });
});
