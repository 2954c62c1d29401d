import { expect, it } from "vitest";
import { keySearch } from "./key-search";

it("opens the list of keys whatever the link holds", () => {
  expect(keySearch({ q: "siem", status: "expiring", create: true, sort: "-name", other: 1 })).toEqual({
    q: "siem",
    sort: "-name",
    status: "expiring",
    create: true,
  });
  expect(keySearch({ q: { a: 1 }, status: "gone", create: "yes", sort: "-created_at" })).toEqual({});
});
