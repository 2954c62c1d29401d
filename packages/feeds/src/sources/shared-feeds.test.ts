import fs from "node:fs";
import path from "node:path";
import { type Detected, detect, refang, resolveAs } from "@tocsin/core/values";
import { describe, expect, test } from "vitest";
import { indicatorFeeds as feeds } from "../catalog/registry";
import type { Parsed } from "../definition/layout";
import { readBody } from "../testing/bodies";
import { unseen } from "../testing/samples";

const folder = path.resolve(import.meta.dirname, "../../../../../shared/feeds");
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

  test("every feed has a body, but for those of which none was at hand", () => {
    const folders = fs.readdirSync(folder);
    expect([...ids].filter((id) => !folders.includes(id))).toEqual([...ids].filter((id) => unseen.includes(id)));
  });

  test("the hashes of Botvrij's events are no hashes of files", async () => {
    const read = await readBody("misp-botvrij", fs.readFileSync(path.join(folder, "misp-botvrij-hashes/hashes.csv")));
    expect(read).toMatchObject({ layout: "MISP hashes", rows: [], cut: undefined });
  });

  test.each(cases)("$id: $file", async ({ id, file, name }) => {
    const answer: Answer = JSON.parse(fs.readFileSync(path.join(folder, "expected", name), "utf8"));
    const { rows, cut } = (await readBody(id, fs.readFileSync(path.join(folder, id, file)))) ?? { rows: [] };
    const apart = disagreements[`${id}/${file}`];
    expect(rows.filter((row) => "problem" in row)).toEqual([]);
    expect(cut).toBeUndefined();
    expect(rows.length).toBe(answer.records - (apart?.passedOver ?? 0));
    const expected = expectedValues(answer.values);
    const found = foundValues(rows);
    const more = [...found].filter((value) => !expected.has(value));
    expect([...expected].filter((value) => !found.has(value))).toEqual([]);
    expect(more.map((value) => value.replace(/ .*/s, "")).sort()).toEqual(apart?.more ?? []);
  });

  const bodies = present
    ? [...ids].flatMap((id) => {
        const there = fs.existsSync(path.join(folder, id)) ? fs.readdirSync(path.join(folder, id)) : [];
        return there.filter((file) => !answers.includes(`${id}__${file}.json`)).map((file) => ({ id, file }));
      })
    : [];

  test.each(bodies)("$id reads $file, which has no key, to its end", async ({ id, file }) => {
    const read = await readBody(id, fs.readFileSync(path.join(folder, id, file)));
    expect(read).not.toBeNull();
    expect(read?.cut).toBeUndefined();
    const rows = read?.rows ?? [];
    const refused = rows.filter((row) => "problem" in row);
    // Paths without a host, in Maltrail.
    expect(refused.length).toBeLessThanOrEqual(id === "maltrail" ? 11 : 0);
  });
});

type Disagreement = {
  /** Records that are meant for people, and make no row. */
  passedOver?: number;
  /** Types of values that the key does not have. */
  more?: string[];
};

/** Where the keys count or read otherwise, and why. */
const disagreements: Readonly<Record<string, Disagreement>> = {
  // Four links and comments, which are not for detection.
  "misp-circl/57c4445b-c548-4654-af0b-4be3950d210f.json": { passedOver: 4 },
  // The key takes no SHA-1 that "SHA1:" stands before.
  "sophos-iocs/2025_Lumma_Stealer.csv": { more: ["sha1", "sha1"] },
  // A place on GitHub without its scheme, which the key calls no indicator.
  "sophos-iocs/3CX_IoCs_2023-03.csv": { more: ["url"] },
  // The key goes by the type of a content, where domains and e-mail addresses are "string"; what they are is in
  // their contexts.
  "openioc/2384c8ce-6eca-4d06-8aa4-151b53d9a6bc.ioc": { more: ["domain", "domain", "email"] },
  "openioc/fb0699e2-23a6-40f9-bf96-4514d629eec3.ioc": { more: Array<string>(9).fill("domain") },
};
