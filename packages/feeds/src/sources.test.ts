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

  test("no feed takes another vendor's body", async () => {
    const kin = (id: string) => id.replace(/-(?:csv|json|text|bulk|exit)$/, "");
    const lists = new Set(["openphish urlhaus", "urlhaus openphish", "tor feodo", "feodo tor"]);
    for (const feed of feeds) {
      for (const { id, file } of samples) {
        if (kin(id) === kin(feed.id) || lists.has(`${kin(feed.id)} ${kin(id)}`)) continue;
        expect(await readBody(feed.id, sample(file)), `${feed.id} reads ${file}`).toBeNull();
      }
    }
  });
});
