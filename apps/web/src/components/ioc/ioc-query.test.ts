import { listIocsInput } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { filterCount, listFilters } from "./ioc-query";

const now = new Date("2026-11-21T22:22:35.123Z");
const search = { type: "ipv4,url", confidence: "high", min_risk: 60, since: "24h", tag: "it's $HOME `id`" } as const;

describe("the question that the address asks", () => {
  it("is one that the API takes", () => {
    expect(listIocsInput.parse(listFilters(search, now))).toMatchObject({
      type: ["ipv4", "url"],
      confidence: ["high"],
      min_risk: 60,
      since: new Date("2026-11-20T22:22:00.000Z"),
      tag: "it's $HOME `id`",
    });
  });

  it("counts its filters, of which the text searched for is none", () => {
    expect(filterCount({ q: "evil" })).toBe(0);
    expect(filterCount(search)).toBe(5);
  });
});
