import { type IndicatorSource, megabyte } from "../definition/feed";
import { githubRepository, githubTree } from "../parse/github-tree";
import { namedAfter } from "../parse/named-after";
import { addressLayout } from "../parse/plain-lists";

const { tree, raw } = githubRepository("montysecurity/C2-Tracker");
/** A file for each tool or malware; `all.txt` has all of them once more. */
const family = /^(.+?)(?: C2| Trojan| Botnet| Web Panel| Monero Cryptominer)? IPs$/;

export const c2Tracker: IndicatorSource = {
  kind: "indicators",
  id: "c2-tracker",
  name: "C2 Tracker",
  vendor: "montysecurity",
  homepage: "https://github.com/montysecurity/C2-Tracker",
  category: "community",
  nature: "archive",
  undated: "2026-03-16",
  confidence: "medium",
  tlp: "clear",
  reputation: 65,
  licence: { name: "no licence stated", url: "https://github.com/montysecurity/C2-Tracker", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-03",
  trouble: "shut by its author; the repository stays for what it lists",
  takes: "address; the tool or malware after which its file is named",
  files: [{ name: "tree.json", url: tree }],
  layouts: [
    addressLayout((file) => ({ threatType: "c2", ...namedAfter(file, family) })),
    githubTree(raw, /^data\/(?!all\.txt$)[^/]{1,80}\.txt$/),
  ],
};
