import { listArticlesInput } from "@tocsin/core/articles";
import { expect, it } from "vitest";
import { articleFilterCount, articleFilters } from "./article-query";
import { articleSearch } from "./article-search";

it("keeps of an address what the API takes, and nothing else", () => {
  const search = articleSearch({
    q: " wiper ",
    category: "malware,sports,ransomware",
    severity: "high",
    industry: "healthcare,finance",
    source: "rss-krebs",
    threat_actor: "APT28",
    mitre_technique: "T1059",
    since: "7d",
    has_iocs: true,
    sort: "severity:desc",
    limit: 9,
  });
  expect(search).toEqual({
    q: "wiper",
    category: "ransomware,malware",
    severity: "high",
    industry: "healthcare",
    source: "rss-krebs",
    threat_actor: "APT28",
    mitre_technique: "T1059",
    since: "7d",
    has_iocs: "true",
    sort: "severity:desc",
  });
  const filters = articleFilters(search, new Date("2026-11-21T12:00:30.000Z"));
  expect(filters).toMatchObject({ since: "2026-11-14T12:00:00.000Z" });
  expect(listArticlesInput.parse(filters)).toMatchObject({ has_iocs: true, mitre_technique: "T1059" });
  expect(articleFilterCount(search)).toBe(8);
});

it.each([{ mitre_technique: "TA0001" }, { sort: "title" }, { since: "1y" }, { has_iocs: "maybe" }, { category: "x" }])(
  "drops %j",
  (raw) => expect(articleSearch(raw)).toEqual({}),
);
