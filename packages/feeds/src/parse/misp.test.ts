import { expect, test } from "vitest";
import { readBody } from "../testing/bodies";

const attribute = (more: object) => ({ type: "domain", value: "bad.example", to_ids: true, ...more });

async function read(...Attribute: object[]) {
  const body = JSON.stringify({ Event: { info: "Event", Attribute } });
  const rows = (await readBody("misp-circl", Buffer.from(body)))?.rows ?? [];
  return rows.flatMap((row) => ("observations" in row ? row.observations : []));
}

test.each([
  ["completely-confident", "high"],
  ["usually-confident", "high"],
  ["fairly-confident", "medium"],
  ["rarely-confident", "low"],
  ["unconfident", "low"],
  ["confidence-cannot-be-evaluated", undefined],
])("an attribute that is tagged %s has the confidence %s", async (word, confidence) => {
  const [said] = await read(attribute({ Tag: [{ name: `misp:confidence-level="${word}"` }] }));
  expect(said?.confidence).toBe(confidence);
});

test("the report that an event links to is the reference of what has none of its own", async () => {
  const link = { type: "link", value: "https://blog.example/report", to_ids: false };
  const gone = { type: "link", value: "https://blog.example/old", to_ids: false, deleted: true };
  const said = await read(gone, attribute({}), attribute({ comment: "https://x.example/1" }), link);
  expect(said.map(({ referenceUrl }) => referenceUrl)).toEqual(["https://blog.example/report", "https://x.example/1"]);
});
