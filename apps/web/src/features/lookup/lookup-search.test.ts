import { expect, it } from "vitest";
import { lookupSearch } from "./lookup-search";

it("reads the value and the tab, and says nothing of the first tab", () => {
  expect(lookupSearch({ value: " a.example ", tab: "hunt" })).toEqual({ value: "a.example", tab: "hunt" });
  expect(lookupSearch({ value: "a.example", tab: "summary" })).toEqual({ value: "a.example" });
  expect(lookupSearch({ value: "", tab: "nonsense" })).toEqual({});
});
