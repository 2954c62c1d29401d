import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { listFilters } from "../../components/ioc/ioc-query";
import { exportCurl } from "./export-curl";

const now = new Date("2026-11-21T22:22:35.123Z");
const search = { type: "ipv4,url", confidence: "high", min_risk: 60, since: "24h", tag: "it's $HOME `id`" } as const;

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

  it("asks for everything where the tier has no maximum", () => {
    expect(exportCurl("https://tocsin.example", {}, "txt", null)).toContain("format=txt&limit=all'");
  });
});
