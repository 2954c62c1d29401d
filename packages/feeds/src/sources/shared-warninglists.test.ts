import fs from "node:fs";
import path from "node:path";
import { detect, type IocType, resolveAs, type Warninglist } from "@tocsin/core/values";
import { createWarninglists, shippedWarninglists } from "@tocsin/core/warninglists";
import { describe, expect, test } from "vitest";
import { readWarninglist } from "../parse/misp-warninglist";
import { readBody } from "../testing/bodies";
import { mispWarninglists } from "./misp-warninglists";

const shared = path.resolve(import.meta.dirname, "../../../../../shared");
const folders = ["feeds/misp-warninglists", "cases/warninglists"].map((name) => path.join(shared, name));
const present = [...folders, path.join(shared, "feeds/openphish")].every((folder) => fs.existsSync(folder));
if (!present) console.warn(`shared-warninglists.test.ts: skipped, the samples in ${shared} are not all there`);

/** Of URLs, phishing and command-and-control servers. */
const feeds = [
  ...["openphish", "phishtank", "phishing-database", "jpcert-phishurl", "urlhaus", "urlhaus-json", "urlhaus-text"],
  ...["feodo-csv", "feodo-json", "threatfox-csv", "threatfox-json", "tweetfeed", "tweetfeed-blocklists"],
  ...[
    "blackbook",
    "c2intelfeeds",
    "c2-tracker",
    "cybercrime-tracker",
    "sslbl-ip",
    "ponmocup",
    "malsilo",
    "infoblox-csv",
  ],
];

/** Names of networks, too. */
const blocklists = ["spamhaus-drop", "dshield", "et-block", "firehol"];

const filesIn = (folder: string) => fs.readdirSync(folder).map((file) => path.join(folder, file));

/** The lists as an instance has them that follows MISP's. */
function readLists(): Warninglist[] {
  const brought = folders.flatMap(filesIn).flatMap((file) => {
    const name = path.basename(file, ".json");
    const read = readWarninglist(fs.readFileSync(file, "utf8"), `misp-${name}`, mispWarninglists.termsOf(name));
    return read.ok ? [read.list] : [];
  });
  return [...shippedWarninglists, ...brought];
}

async function valuesOf(id: string): Promise<{ type: IocType; value: string }[]> {
  const values = new Map<string, { type: IocType; value: string }>();
  for (const file of filesIn(path.join(shared, "feeds", id))) {
    const { rows } = (await readBody(id, fs.readFileSync(file))) ?? { rows: [] };
    for (const { value, type } of rows.flatMap((row) => ("observations" in row ? row.observations : []))) {
      const found = type ? resolveAs(type, value) : detect(value);
      if (found.ok) values.set(`${found.type} ${found.value}`, found);
    }
  }
  return [...values.values()];
}

describe.skipIf(!present)("MISP's lists and the shipped ones", () => {
  const lists = present ? readLists() : [];
  const { warningsOf } = createWarninglists(lists);

  test.each([...feeds, ...blocklists])("hide at most one in 200 values of %s, and say by which list", async (id) => {
    const values = await valuesOf(id);
    expect(values.length).toBeGreaterThan(0);
    const hidden = values.flatMap(({ type, value }) => {
      const names = warningsOf(type, value);
      // Phishing.Database names hosts of S3 as a whole, and whoever blocks one blocks all its customers.
      return names.length === 0 || names.includes("Public suffixes") ? [] : [`${type} ${value}: ${names.join(", ")}`];
    });
    const most = Math.max(1, Math.floor(values.length / 200));
    expect(hidden.length > most ? hidden : []).toEqual([]);
  });

  test("hide a thousand popular names, and resolvers", () => {
    const popular = lists.find(({ id }) => id === "misp-tranco10k")?.entries.slice(0, 1_000) ?? [];
    expect(popular).toHaveLength(1_000);
    expect(popular.filter((name) => warningsOf("domain", name).length === 0)).toEqual([]);
    expect(popular.filter((name) => warningsOf("url", `https://${name}/`).length === 0)).toEqual([]);
    const resolvers = lists.filter(({ id }) => id === "public-resolvers" || id === "misp-public-dns-v4");
    const quads = resolvers.flatMap(({ entries }) => entries).filter((entry) => !entry.includes(":"));
    expect(quads.length).toBeGreaterThan(3_000);
    expect(quads.filter((address) => warningsOf("ipv4", address).length === 0)).toEqual([]);
  });
});
