import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { readCsv } from "../parse/csv";
import { type CsvForm, fitsCsv } from "../parse/csv-header";
import { githubRepository, githubTree } from "../parse/github-tree";
import type { Fields } from "../parse/parsed";
import { hashType } from "../parse/plain-lists";
import { notes } from "../parse/said";
import { statedType } from "../parse/stated-type";
import { typedCsv } from "../parse/typed-csv";

const form: CsvForm = { header: ["value"] };
// Names of files and what else is listed beside indicators.
const apart = /^(?:file_?(?:name|path)|path|registry.*|mutex|user_?agent|command.*|service.*|certificate|ja3s?)$/;

function volexityRecord(fields: Fields): readonly Observation[] | string {
  const value = fields("value");
  if (value === "") return "no value";
  const stated = fields("entity_type", "type").toLowerCase();
  const note = fields("description", "notes");
  // The vendor writes its names of malware in capitals: "BADBAZAAR C2 Domain".
  const malwareFamily = /^[A-Z]{4,30}[A-Z0-9]{0,10}(?= |$)/.exec(note)?.[0] ?? "";
  const about = { threatType: /\bC2\b/.test(note) ? "c2" : "malware", malwareFamily, context: notes({ note }) };
  const hashes = value.split(/[\s,;]+/).map((hash) => ({ value: hash, type: hashType(hash) }));
  const known = hashes.flatMap(({ value: hash, type }) => (type ? [{ ...about, value: hash, type }] : []));
  // The hashes of one file stand in one field.
  if (known.length > 0 && known.length === hashes.length) return known;
  if (apart.test(stated)) return [];
  const type = statedType(stated, value);
  if (type === undefined) return `no indicator of a known type: ${stated.slice(0, 40)}`;
  return [{ ...about, value, type }];
}

const csv: Layout = {
  name: "Volexity CSV",
  fits: (head) => fitsCsv(head, { header: ["value", "entity_type"] }) || fitsCsv(head, { header: ["value", "type"] }),
  read: (chunks, state) => readCsv(chunks, state, form, volexityRecord),
};

const repository = githubRepository("volexity/threat-intel");
// A folder for each report; the tables are not all of one name.
const tree = githubTree(repository.raw, /^20\d{2}\/.{1,300}\.csv$/);

export const volexity: IndicatorSource = {
  kind: "indicators",
  id: "volexity",
  name: "Volexity indicators",
  vendor: "Volexity",
  homepage: "https://github.com/volexity/threat-intel",
  category: "vendor",
  nature: "archive",
  undated: "2014-01-01",
  confidence: "high",
  tlp: "clear",
  reputation: 85,
  licence: {
    name: "BSD-2-Clause",
    url: "https://github.com/volexity/threat-intel/blob/main/LICENSE.txt",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "hashes, domains, addresses, URLs; description in the context",
  files: [{ name: "tree.json", url: repository.tree }],
  layouts: [csv, tree, typedCsv({ threatType: "malware" })],
};
