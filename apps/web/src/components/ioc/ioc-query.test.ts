import { execFileSync } from "node:child_process";
import { listIocsInput } from "@tocsin/core/iocs";
import { describe, expect, it } from "vitest";
import { exportCurl, filterCount, listFilters } from "./ioc-query";

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

describe("the curl line", () => {
  it("gives curl the very filters, whatever their text holds", () => {
    const line = exportCurl("https://tocsin.example", listFilters(search, now), "csv", 10_000);
    const script = `curl() { for last; do :; done; printf %s "$last"; }\n${line}`;
    const url = new URL(execFileSync("sh", ["-c", script], { encoding: "utf8", env: { TOCSIN_KEY: "k" } }));
    expect(url.pathname).toBe("/api/v1/iocs");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      format: "csv",
      limit: "10000",
      type: "ipv4,url",
      confidence: "high",
      min_risk: "60",
      since: "2026-11-20T22:22:00.000Z",
      tag: "it's $HOME `id`",
    });
  });

  it("asks for everything where the plan has no maximum", () => {
    expect(exportCurl("https://tocsin.example", {}, "txt", null)).toContain("format=txt&limit=all'");
  });
});
