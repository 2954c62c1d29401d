import { describe, expect, it } from "vitest";
import { basePathOf, withoutBase } from "./base-path";

it.each([
  ["https://host.example", ""],
  ["https://host.example/", ""],
  ["https://host.example/tocsin", "/tocsin"],
  ["https://host.example/a/b/", "/a/b"],
])("the base path of %s is %j", (url, base) => {
  expect(basePathOf(url)).toBe(base);
});

describe("a target under a base path", () => {
  it.each([
    ["/tocsin/api/v1/iocs?limit=1", "/api/v1/iocs?limit=1"],
    ["/tocsin", "/"],
    ["/tocsin/", "/"],
    ["/tocsin?a=/tocsin/", "/?a=/tocsin/"],
    ["/tocsin2/api", "/tocsin2/api"],
    ["/api/v1/iocs", "/api/v1/iocs"],
    ["/taxii2/", "/taxii2/"],
  ])("%s is read as %s", (target, path) => {
    expect(withoutBase(target, "/tocsin")).toBe(path);
  });
});
