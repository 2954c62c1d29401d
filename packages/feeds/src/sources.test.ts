import type { Observation } from "@tocsin/core/iocs";
import { describe, expect, test } from "vitest";
import { readBody, sample } from "./parse/testing";
import { feeds } from "./registry";
import { samples } from "./samples/expected";

/** Times as a reader writes them. */
function plain(observation: Observation): Record<string, unknown> {
  const { firstSeen, lastSeen, ...rest } = observation;
  const written = (time: Date) => time.toISOString().replace(".000Z", "Z");
  return {
    ...rest,
    ...(firstSeen && { firstSeen: written(firstSeen) }),
    ...(lastSeen && { lastSeen: written(lastSeen) }),
  };
}

describe("samples", () => {
  test.each(samples)("$id reads $file", async ({ id, file, layout, says }) => {
    const read = await readBody(id, sample(file));
    expect(read?.layout).toBe(layout);
    expect(read?.cut).toBeUndefined();
    const rows = read?.rows ?? [];
    expect(rows.filter((row) => "problem" in row)).toEqual([]);
    expect(rows.flatMap((row) => ("observations" in row ? row.observations.map(plain) : []))).toEqual(says);
  });

  test("every layout of every feed has one", () => {
    const read = new Set(samples.map(({ id, layout }) => `${id}: ${layout}`));
    expect(read).toEqual(new Set(feeds.flatMap(({ id, layouts }) => layouts.map(({ name }) => `${id}: ${name}`))));
  });

  test("no feed takes another vendor's body, unless both publish the same form", async () => {
    const taken: string[] = [];
    for (const feed of feeds) {
      for (const { id, file, layout } of samples) {
        const read = id === feed.id ? null : await readBody(feed.id, sample(file));
        if (read && formOf(read.layout) !== formOf(layout)) taken.push(`${feed.id} reads ${file} as ${read.layout}`);
      }
    }
    expect(taken).toEqual([]);
  });
});

/** Plain lists say nothing of who wrote them, and the formats of one vendor are of one form. */
const forms: Readonly<Record<string, RegExp>> = {
  addresses: /^(?:address list|Tor bulk exit list|Feodo Tracker list|FireHOL list|AlienVault generic list)$/,
  URLs: /^(?:URL list|URLhaus text|OpenPhish text|VX Vault list|CyberCrime Tracker list|Unit 42 panels)$/,
};

function formOf(layout: string): string {
  return Object.entries(forms).find(([, names]) => names.test(layout))?.[0] ?? layout;
}
