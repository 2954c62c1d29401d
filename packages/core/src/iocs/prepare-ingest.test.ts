import { expect, it } from "vitest";
import { iocId } from "../values";
import { maxValueLength } from "../values/normalise";
import { prepareIngest } from "./ingest-iocs";

const feed = { id: "a", name: "A", category: "threat-feed", confidence: "medium", tlp: "clear" } as const;

it("refuses a value that is longer than what is stored, with its reason, and takes the others", () => {
  const longest = `http://a.example/${"x".repeat(maxValueLength - "http://a.example/".length)}`;
  const observations = [
    { value: `${longest}x` },
    { value: longest },
    { value: `http://${" ".repeat(200_000)}a.example` },
  ];
  const { ids, rejected } = prepareIngest({ feed, observations, pulledAt: new Date(0) });
  const problem = "the value is longer than 16384 characters";
  expect(rejected).toEqual([
    { index: 0, problem },
    { index: 2, problem },
  ]);
  expect(ids.size).toBe(1);
});

it.each([
  ["http://a.example/x.", "http://a.example/x."],
  ["http://a.example/x?e=me(at)b.example!", "http://a.example/x?e=me(at)b.example!"],
  ["http://a.example/x)&lt;", "http://a.example/x)&lt;"],
  ["hxxp://a[.]example/x.", "http://a.example/x"],
  ["http://a.example/b[.]exe", "http://a.example/b.exe"],
])("keeps a URL that its source states as one as it is written, unless it is defanged: %s", (value, stored) => {
  const { ids } = prepareIngest({ feed, observations: [{ type: "url", value }], pulledAt: new Date(0) });
  expect([...ids]).toEqual([iocId("url", stored)]);
});
