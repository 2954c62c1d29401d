import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout, ReadState } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, columnMap, fitsCsv } from "../parse/csv-header";
import { dateOfLink } from "../parse/dates";
import { githubRepository, githubTree } from "../parse/github-tree";
import { namedAfter } from "../parse/named-after";
import type { Fields } from "../parse/parsed";
import { domainLayout, hashType } from "../parse/plain-lists";
import { notes } from "../parse/said";
import { statedType } from "../parse/stated-type";
import { typedCsv } from "../parse/typed-csv";

// The first column is called Indicator_type in newer files, Indicator in older ones.
const form: CsvForm = {
  header: ["Data", "Note"],
  columns: [columnMap(["Indicator_type", "Data", "Note"])],
};
const heads = [
  ["Indicator_type", "Data", "Note"],
  ["Indicator", "Data", "Note"],
];
// The line of the report itself, and what is no indicator here.
const apart =
  /^(?:description|(?:file|folder|process|service|task)[ _-]?(?:name|path)?|path|reg(?:istry)?[ _-]?(?:key|value|path)?|mutex|command(?:[ _-]?line)?|user[ _-]?agent|(?:email[ _-]?)?subject|yara|certificate|thumbprint|note)s?$/;

/** `Ransomware-LockBit.csv`, `Troj-AgentTesla.csv` */
const family = /^(?:ransom(?:ware)?|troj(?:an)?|malware|worm|miner)[-_]([A-Za-z][A-Za-z\d]{2,30})/i;

function sophosRecord(fields: Fields, state: ReadState): readonly Observation[] | string {
  const value = fields("Data");
  if (value === "") return "no value";
  const stated = fields("Indicator_type", "Indicator").toLowerCase();
  // The first line names the report.
  if (stated === "description") state.dated ??= dateOfLink(value) ?? dateOfLink(fields("Note"));
  if (apart.test(stated)) return [];
  // A name that stands where many are meant.
  if (value.includes("*")) return "a value with a wildcard";
  const type = /^(?:file[ _-]?)?hash$/.test(stated) ? hashType(value) : statedType(stated, value);
  if (type === undefined) return `no indicator of a known type: ${stated.slice(0, 40)}`;
  return [
    {
      value,
      // Older files say "URL" of hosts and of paths without a scheme.
      ...(type === "url" && !value.includes(":") ? {} : { type }),
      threatType: "malware",
      ...namedAfter(state.file, family),
      context: notes({ note: fields("Note") }),
    },
  ];
}

const csv: Layout = {
  name: "Sophos CSV",
  fits: (head) => heads.some((header) => fitsCsv(head, { header })),
  read: (chunks, state) => readCsv(chunks, state, form, (fields) => sophosRecord(fields, state)),
};

const repository = githubRepository("sophoslabs/IoCs");
const tree = githubTree(repository.raw, /^[^/]{1,200}\.csv$|^malware-MyKings-domains$/);
// Older files have no header, or another one, or one column.
const about = (file: string | undefined) => ({ threatType: "malware", ...namedAfter(file, family) });

export const sophosIocs: IndicatorSource = {
  kind: "indicators",
  id: "sophos-iocs",
  name: "Sophos X-Ops indicators",
  vendor: "Sophos",
  homepage: "https://github.com/sophoslabs/IoCs",
  category: "vendor",
  nature: "archive",
  undated: "2020-01-01",
  confidence: "high",
  tlp: "clear",
  reputation: 80,
  licence: { name: "no licence stated", url: "https://github.com/sophoslabs/IoCs", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "values of the types that Tocsin has; note and article; file names, paths and the like are refused",
  files: [{ name: "tree.json", url: repository.tree }],
  layouts: [csv, tree, domainLayout({ threatType: "malware" }), typedCsv(about)],
};
