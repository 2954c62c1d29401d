import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { indicatorFeeds } from "../catalog/registry";
import { chooseFiles } from "../pull/tree";
import { readBody } from "../testing/bodies";

const shared = path.resolve(import.meta.dirname, "../../../../../shared");
const trees = path.join(shared, "upstream-trees");
const present = fs.existsSync(trees);
if (!present) console.warn(`shared-trees.test.ts: skipped, ${trees} does not exist`);

/** What of a repository holds indicators, as a person sees it. */
const cases: readonly { id: string; tree: string; repo: string; holds: RegExp }[] = [
  { id: "sophos-iocs", tree: "sophoslabs+IoCs", repo: "sophoslabs/IoCs", holds: /\.csv$|domains$/ },
  { id: "volexity", tree: "volexity+threat-intel", repo: "volexity/threat-intel", holds: /\.csv$/ },
  { id: "stix-mvt", tree: "mvt-project+mvt-indicators", repo: "mvt-project/mvt-indicators", holds: /\.stix2$/ },
  {
    id: "stix-mvt",
    tree: "AmnestyTech+investigations",
    repo: "AmnestyTech/investigations",
    holds: /\.stix2$|domains\.txt$/,
  },
  { id: "talos-iocs", tree: "Cisco-Talos+IOCs", repo: "Cisco-Talos/IOCs", holds: /^20.*\.(?:json|txt)$/ },
  { id: "maltrail", tree: "stamparm+maltrail", repo: "stamparm/trails", holds: /^trails\/static\/.*\.txt$/ },
  {
    id: "c2-tracker",
    tree: "montysecurity+C2-Tracker",
    repo: "montysecurity/C2-Tracker",
    holds: /^data\/(?!all).*\.txt$/,
  },
];

/** A tree as GitHub lists it. */
function listing(repo: string, paths: readonly string[]): Buffer {
  const tree = paths.map((name, n) => ({ path: name, type: "blob", sha: n.toString(16).padStart(40, "0") }));
  return Buffer.from(
    JSON.stringify({ sha: "0".repeat(40), url: `https://api.github.com/repos/${repo}/git/trees/0`, tree }),
  );
}

describe.skipIf(!present)("what repositories hold", () => {
  it.each(cases)("$id finds 95 % of the files of $tree", async ({ id, tree, repo, holds }) => {
    const paths = fs
      .readFileSync(path.join(trees, `${tree}.txt`), "utf8")
      .split("\n")
      .slice(1)
      .filter(Boolean);
    const read = await readBody(id, listing(repo, paths));
    expect(read?.rows).toEqual([]);
    const found = new Set((read?.more ?? []).map(({ name }) => name.replace(`${repo}/`, "")));
    const wanted = paths.filter((name) => holds.test(name));
    const missed = wanted.filter((name) => !found.has(name));
    console.info(`${tree}: ${wanted.length - missed.length} of ${wanted.length} files`);
    expect(missed.length).toBeLessThanOrEqual(wanted.length * 0.05);
    // Nothing that is for people, and no scripts.
    expect([...found].filter((name) => /\/?(?:readme|license|requirements)\./i.test(name))).toEqual([]);
  });

  it("the pulls after the first one go on where it stopped, from the first day on", async () => {
    const paths = fs
      .readFileSync(path.join(trees, "volexity+threat-intel.txt"), "utf8")
      .split("\n")
      .slice(1)
      .filter(Boolean);
    const more = (await readBody("volexity", listing("volexity/threat-intel", paths)))?.more ?? [];
    const startedAt = new Date("2026-12-01T00:00:00Z");
    const pull = (since: Date | undefined, known: readonly string[]) => ({
      run: {
        startedAt,
        validators: Object.fromEntries(
          more.filter(({ name }) => known.includes(name)).map(({ name, version }) => [name, { readAt: "", version }]),
        ),
      },
      settings: { reportsSince: since },
    });
    const years = (found: { name: string }[]) => [...new Set(found.map(({ name }) => name.slice(0, 4)))];
    expect(years(chooseFiles(pull(undefined, []) as never, more).files)).toEqual(["2026", "2025"]);
    expect(years(chooseFiles(pull(new Date("2023-06-01"), []) as never, more).files)).toEqual([
      "2026",
      "2025",
      "2024",
      "2023",
    ]);
    const all = chooseFiles(pull(new Date("2014-01-01"), []) as never, more).files;
    expect(
      chooseFiles(
        pull(
          new Date("2014-01-01"),
          all.slice(0, 10).map(({ name }) => name),
        ) as never,
        more,
      ).files,
    ).toEqual(all.slice(10));
  });
});

const bodies = present ? fs.readdirSync(path.join(shared, "feeds")) : [];
const archives = indicatorFeeds.filter(({ id, nature }) => nature === "archive" && bodies.includes(id));

it.skipIf(!present).each(archives.map(({ id }) => id))("each body of %s has indicators", async (id) => {
  for (const file of fs.readdirSync(path.join(shared, "feeds", id))) {
    const read = await readBody(id, fs.readFileSync(path.join(shared, "feeds", id, file)));
    const count = (read?.rows ?? []).filter((row) => "observations" in row && row.observations.length > 0).length;
    expect([file, count > 0 || read?.more !== undefined]).toEqual([file, true]);
  }
});
