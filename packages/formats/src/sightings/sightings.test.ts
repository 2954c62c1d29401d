import { expect, it } from "vitest";
import type { SeenAt } from "./seen-at";
import { mispSightings, type SightingDocument, stixSightings } from "./sightings";

const about = { instanceName: "Tocsin", now: new Date("2026-11-21T12:00:00.000Z") };
const seen: SeenAt = {
  ...{
    id: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
    indicator_id: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10",
    generation: 0,
  },
  ...{
    type: "domain",
    value: "malware.example",
    seen_at: "2026-11-20T09:30:00.500Z",
    place: "Proxy",
    count: 2_000_000_000,
  },
  ...{ comment: null, created_at: "2026-11-20T10:00:00.000Z" },
};
const cve: SeenAt = {
  ...seen,
  id: "8d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
  type: "cve",
  value: "CVE-2026-0001",
  place: null,
};

async function written(document: SightingDocument, ...pages: SeenAt[][]) {
  let text = "";
  async function* source() {
    yield* pages;
  }
  for await (const chunk of document.write(source(), about)) text += chunk;
  return JSON.parse(text);
}

it("writes STIX sightings that name the indicator by its id, and each place once", async () => {
  const { objects } = await written(stixSightings, [seen, { ...seen, comment: "Blocked" }], [cve]);
  expect(objects.map(({ type }: { type: string }) => type)).toEqual([
    "identity",
    "identity",
    "sighting",
    "sighting",
    "sighting",
  ]);
  expect(objects[2]).toMatchObject({
    ...{ id: `sighting--${seen.id}`, sighting_of_ref: `indicator--${seen.indicator_id}`, count: 999_999_999 },
    ...{ where_sighted_refs: [objects[1].id], created_by_ref: objects[0].id, first_seen: seen.seen_at },
  });
  expect(objects[3].description).toBe("Blocked");
  expect(objects[4]).toMatchObject({ sighting_of_ref: `vulnerability--${cve.indicator_id}` });
  expect(objects[4]).not.toHaveProperty("where_sighted_refs");
});

it("writes MISP sightings with the time in seconds", async () => {
  const { response } = await written(mispSightings, [seen], [cve]);
  expect(response.map(({ Sighting }: { Sighting: object }) => Sighting)).toMatchObject([
    { value: "malware.example", date_sighting: "1795167000", source: "Proxy", type: "0" },
    { value: "CVE-2026-0001", source: "" },
  ]);
  expect(await written(mispSightings)).toEqual({ response: [] });
});
