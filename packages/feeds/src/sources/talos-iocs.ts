import { type IndicatorSource, megabyte } from "../definition/feed";
import { githubTree } from "../parse/github-tree";
import { addressLayout, domainLayout, hashLayout, urlLayout } from "../parse/plain-lists";
import { stixLayout } from "../parse/stix";

const about = { threatType: "malware" };
// By year and month; those of older years have no fixed form.
const tree = githubTree(
  "https://raw.githubusercontent.com/Cisco-Talos/IOCs/main/",
  /^20(?:2[4-9]|[3-9]\d)\/\d{2}\/[^/]{1,120}\.json$/,
);

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
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  takes: "values of the patterns of indicators; report, description; hashes, addresses and URLs of plain lists",
  files: [{ name: "tree.json", url: "https://api.github.com/repos/Cisco-Talos/IOCs/git/trees/main?recursive=1" }],
  layouts: [stixLayout(), tree, hashLayout(about), addressLayout(about), urlLayout(about), domainLayout(about)],
};
