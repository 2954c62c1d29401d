import { describe, expect, test } from "vitest";
import { readBody } from "../testing/bodies";

const indicator = (id: number, description = "") => ({
  type: "indicator",
  id: `indicator--${id}`,
  description,
  pattern: `[domain-name:value = 'n${id}.bad.example']`,
});
const family = { type: "malware", id: "malware--1", name: "Example" };
const link = (id: number) => ({
  type: "relationship",
  relationship_type: "indicates",
  source_ref: `indicator--${id}`,
  target_ref: "malware--1",
});

async function familiesOf(objects: readonly object[]): Promise<(string | undefined)[]> {
  const body = Buffer.from(JSON.stringify({ type: "bundle", objects }));
  const read = await readBody("stix-mvt", body);
  expect(read?.cut).toBeUndefined();
  return (read?.rows ?? []).flatMap((row) =>
    "observations" in row ? row.observations.map(({ malwareFamily }) => malwareFamily) : [],
  );
}

describe("a document whose records explain each other", () => {
  test("is read when all of it is known", async () => {
    expect(await familiesOf([indicator(1), indicator(2), link(2), family])).toEqual([undefined, "Example"]);
  });

  test("is not kept back when it is long: what comes late is lost for the first of it only", async () => {
    const long = Array.from({ length: 12 }, (_, id) => indicator(id, "x".repeat(900_000)));
    const families = await familiesOf([...long, link(0), link(12), family, indicator(12)]);
    expect(families).toHaveLength(13);
    expect(families[0]).toBeUndefined();
    expect(families[12]).toBe("Example");
  });

  test("keeps what stands around the records, before and behind them", async () => {
    const attribute = '{"type": "domain", "value": "a.bad.example", "to_ids": true}';
    for (const body of [
      `{"Event": {"info": "A, b", "Attribute": [${attribute}, ${attribute}], "Object": []}}`,
      `{"Event": {"Object": [], "Attribute": [${attribute}], "info": "A, b"}}`,
    ]) {
      const read = await readBody("misp-circl", Buffer.from(body));
      for (const row of read?.rows ?? []) expect(row).toMatchObject({ observations: [{ context: "event: A, b" }] });
      expect(read?.rows.length).toBeGreaterThan(0);
    }
  });
});
