import type { Observation } from "@tocsin/core/values";
import { describe, expect, test } from "vitest";
import { indicatorFeeds as feeds } from "../catalog/registry";
import { readBody } from "../testing/bodies";
import { sample, samples } from "../testing/samples";

/** Times as a reader writes them. */
function plain(observation: Observation): Record<string, unknown> {
  const { firstSeen, lastSeen, ...rest } = observation;
  const written = (time: Date) => time.toISOString().replace(".000Z", "Z");
  return {
    ...rest,
    ...(firstSeen && { firstSeen: written(firstSeen) }),
    ...(lastSeen && { lastSeen: written(lastSeen) }),
  };
}

describe("samples", () => {
  test.each(samples)("$id reads $file", async ({ id, file, layout, says }) => {
    const read = await readBody(id, sample(file));
    expect(read?.layout).toBe(layout);
    expect(read?.cut).toBeUndefined();
    const rows = read?.rows ?? [];
    expect(rows.filter((row) => "problem" in row)).toEqual([]);
    expect(rows.flatMap((row) => ("observations" in row ? row.observations.map(plain) : []))).toEqual(says);
  });

  test("every layout of every feed has one", () => {
    const read = new Set(samples.map(({ id, layout }) => `${id}: ${layout}`));
    expect(read).toEqual(new Set(feeds.flatMap(({ id, layouts }) => layouts.map(({ name }) => `${id}: ${name}`))));
  });

  test("no feed takes another vendor's body, unless both publish the same form", async () => {
    const taken: string[] = [];
    const foreign = feeds.flatMap(({ id: feedId }) =>
      samples.filter(({ id }) => id !== feedId).map(({ file, layout }) => ({ feedId, file, layout })),
    );
    for (const { feedId, file, layout } of foreign) {
      const read = await readBody(feedId, sample(file));
      // A repository's tables have no form of their own.
      if (read?.layout === "table, typed by its cells") continue;
      if (read && formOf(read.layout) !== formOf(layout)) taken.push(`${feedId} reads ${file} as ${read.layout}`);
    }
    expect(taken).toEqual([]);
  });
});

describe("an index", () => {
  const event = (base: string, end: number) => `${base}00000000-0000-4000-8000-00000000000${end}.json`;
  const github = "https://raw.githubusercontent.com/";
  const circl = "https://www.circl.lu/doc/misp/feed-osint/";
  const taxii = `${github}0xDanielLopez/TweetFeed/master/stix/taxii/pages/`;
  test.each([
    ["misp-circl", "misp-circl-manifest.json", [event(circl, 8), event(circl, 7)]],
    ["tweetfeed-taxii", "tweetfeed-taxii-index.json", [`${taxii}2026-08-21.0.json`, `${taxii}2026-08-20.0.json`]],
    [
      "talos-iocs",
      "talos-iocs-tree.json",
      ["2026/07/uat-1.json", "2026/06/older%20one.json"].map((name) => `${github}Cisco-Talos/IOCs/HEAD/${name}`),
    ],
    [
      "jpcert-phishurl",
      "jpcert-phishurl-tree.json",
      ["2025/202510.csv", "2025/202509.csv"].map((name) => `${github}JPCERTCC/phishurl-list/main/${name}`),
    ],
    ["otx-pulses", "otx-pulses.json", ["https://otx.alienvault.com/api/v1/pulses/activity?limit=50&page=2"]],
    [
      "cisa-csaf",
      "cisa-csaf-feed.json",
      ["2026/icsa-26-001-01.json", "2025/icsa-25-001-01.json"].map(
        (name) => `${github}cisagov/CSAF/develop/csaf_files/OT/white/${name}`,
      ),
    ],
    ["sophos-iocs", "sophos-iocs-tree.json", [`${github}sophoslabs/IoCs/HEAD/2025%20Example%20Stealer.csv`]],
    [
      "volexity",
      "volexity-tree.json",
      [`${github}volexity/threat-intel/HEAD/2026/2026-01-02%20Example/indicators/iocs.csv`],
    ],
  ])("of %s names its files, newest first", async (id, file, urls) => {
    const read = await readBody(id, sample(file));
    expect(read?.more?.map(({ url }) => url)).toEqual(urls);
    expect(new Set(read?.more?.map(({ name }) => name)).size).toBe(urls.length);
  });

  test.each([
    "https://bad.example/api/v1/pulses/subscribed?limit=50&page=3",
    "https://otx.alienvault.com/api/v1/pulses/subscribed?page=21",
    "https://otx.alienvault.com/api/v1/pulses/subscribed?page=1",
    "page=2",
    null,
  ])("of pulses that names %j leads to a page of its own vendor, or nowhere", async (next) => {
    const body = { results: [{ name: "Pulse", indicators: [] }], next };
    const more = (await readBody("otx-pulses", Buffer.from(JSON.stringify(body))))?.more ?? [];
    for (const { url, headers } of more) {
      expect(new URL(url).origin).toBe("https://otx.alienvault.com");
      expect(headers).toEqual({ "X-OTX-API-KEY": "{key}" });
    }
    expect(more.length).toBe(next?.endsWith("&page=3") ? 1 : 0);
  });

  test("leads nowhere but under its feed's own folder", async () => {
    const names = ["../../x.json", "https://bad.example/x.json", "2026/07/../../../../x.json", "2026/07/a?b#c.json"];
    const tree = { tree: names.map((path) => ({ path, type: "blob" })) };
    const read = await readBody("talos-iocs", Buffer.from(JSON.stringify(tree)));
    expect(read?.more?.map(({ url }) => new URL(url).href)).toEqual([
      "https://raw.githubusercontent.com/Cisco-Talos/IOCs/HEAD/2026/07/a%3Fb%23c.json",
    ]);
  });
});

/** Plain lists say nothing of who wrote them, and the formats of one vendor are of one form. */
const forms: Readonly<Record<string, RegExp>> = {
  addresses:
    /^(?:address list|Tor bulk exit list|Feodo Tracker list|FireHOL list|AlienVault generic list|BruteForceBlocker list)$/,
  trees: /^GitHub tree/,
  URLs: /^(?:URL list|URLhaus text|OpenPhish text|VX Vault list|CyberCrime Tracker list|Unit 42 panels)$/,
};

function formOf(layout: string): string {
  return Object.entries(forms).find(([, names]) => names.test(layout))?.[0] ?? layout;
}
