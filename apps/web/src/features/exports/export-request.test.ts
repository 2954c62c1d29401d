import { expect, it } from "vitest";
import { curlOf, queryOf } from "./export-request";
import { exportSearch } from "./export-search";

const now = new Date("2026-11-21T12:00:30.000Z");

it("says what the page says, and of options only what differs from what they are anyway", () => {
  const search = exportSearch({ format: "sigma", type: "domain,url", since: "24h", limit: 500, q: "x", unknown: 1 });
  expect(queryOf(search, { mode: "grouped", values_per_rule: "" }, now)).toEqual({
    type: "domain,url",
    since: "2026-11-20T12:00:00.000Z",
    limit: "500",
    mode: "grouped",
  });
});

it("is a line of a shell that takes the key from the environment", () => {
  const csv = { id: "csv", path: "/api/v1/iocs", extension: "csv" };
  expect(curlOf("https://tocsin.example", csv, { tag: "it's" })).toBe(
    `curl -f --compressed -H "Authorization: Bearer $TOCSIN_KEY" \\\n  -o iocs.csv \\\n  'https://tocsin.example/api/v1/iocs?format=csv&tag=it%27s'`,
  );
  const edl = { id: "edl", path: "/api/v1/iocs/blocklists/edl", extension: "txt" };
  expect(curlOf("https://tocsin.example", edl, {})).toContain("-o edl.txt");
  expect(curlOf("https://tocsin.example", edl, {})).toContain("'https://tocsin.example/api/v1/iocs/blocklists/edl'");
});

it("drops what an address cannot mean", () => {
  expect(exportSearch({ format: " ", limit: 0, type: "nothing" })).toEqual({});
});
