import { describe, expect, it } from "vitest";
import { iocSearch, sinceTime } from "./ioc-search";

describe("the address of the IOC page", () => {
  it("keeps what it knows, lists in their own order", () => {
    const search = { q: " evil ", type: "url,ipv4,url", confidence: "high", min_risk: 60, since: "24h", tag: "emotet" };
    expect(iocSearch(search)).toEqual({ ...search, q: "evil", type: "ipv4,url" });
  });

  it.each([
    ["an unknown type", { type: "ftp" }],
    ["an unknown confidence", { confidence: "certain" }],
    ["an unknown category", { category: "blog" }],
    ["a risk over 100", { min_risk: 101 }],
    ["a risk of zero, which filters nothing", { min_risk: 0 }],
    ["a risk that is no number", { min_risk: "high" }],
    ["an unknown span", { since: "2y" }],
    ["an empty search", { q: "  " }],
    ["an object", { tag: { $ne: 1 } }],
    ["a parameter of nobody", { evil: "1" }],
  ])("drops %s", (_, search) => {
    expect(iocSearch(search)).toEqual({});
  });

  it("takes a number as text where the router has parsed one", () => {
    expect(iocSearch({ tag: 2024, q: 404 })).toEqual({ tag: "2024", q: "404" });
  });

  it("counts back to a whole minute", () => {
    const now = new Date("2026-11-21T22:22:35.123Z");
    expect(sinceTime("24h", now)).toBe("2026-11-20T22:22:00.000Z");
    expect(sinceTime("7d", now)).toBe("2026-11-14T22:22:00.000Z");
  });
});
