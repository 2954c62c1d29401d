import { type IndicatorSource, megabyte } from "../definition/feed";
import { githubRepository, githubTree } from "../parse/github-tree";
import { addressLayout, domainLayout, hashLayout, urlLayout } from "../parse/plain-lists";
import { stixLayout } from "../parse/stix";
import { typedCsv } from "../parse/typed-csv";

const about = { threatType: "malware" };
const repository = githubRepository("Cisco-Talos/IOCs");
// By year and month, as STIX or as plain lists.
const tree = githubTree(repository.raw, /^20\d{2}\/\d{2}\/.{1,160}\.(?:json|txt)$/);

export const talosIocs: IndicatorSource = {
  kind: "indicators",
  id: "talos-iocs",
  name: "Talos indicators",
  vendor: "Cisco Talos",
  homepage: "https://github.com/Cisco-Talos/IOCs",
  category: "vendor",
  nature: "archive",
  undated: "2022-01-01",
  confidence: "high",
  tlp: "clear",
  reputation: 80,
  licence: { name: "no licence stated", url: "https://github.com/Cisco-Talos/IOCs", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "values of the patterns of indicators; report, description; hashes, addresses and URLs of plain lists",
  files: [{ name: "tree.json", url: repository.tree }],
  layouts: [
    stixLayout(),
    tree,
    hashLayout(about),
    addressLayout(about),
    urlLayout(about),
    domainLayout(about),
    typedCsv(about),
  ],
};
