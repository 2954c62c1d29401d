import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { dateOfLink } from "../parse/dates";
import { githubRepository, githubTree } from "../parse/github-tree";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import { namedAfter } from "../parse/named-after";
import type { Fields } from "../parse/parsed";
import { domainPattern } from "../parse/plain-lists";
import { addressType, link, notes } from "../parse/said";

const address = "\\d{1,3}(?:\\.\\d{1,3}){3}(?:\\/\\d{1,2})?|\\[?[\\da-f]{0,4}:[\\da-f.:]{1,42}\\]?(?:\\/\\d{1,3})?";
const form: ListForm = {
  comment: "#",
  line: new RegExp(
    `^(?:(?<ip>(?:${address})(?::\\d{1,5})?)|(?<domain>${domainPattern}(?::\\d{1,5})?)|(?<url>[a-z]{2,10}:\\/\\/\\S+|[^\\s/]{1,255}\\/\\S*)|(?<path>\\/\\S*))(?:\\s+#\\s*(?<note>.*))?$`,
    "iu",
  ),
  problem: "not an address, a domain, a URL or a path",
  // A group whose references do not say when they were written is no older than the one before it: trails are added at the end.
  heading:
    /^#\s*(?:Reference:\s*(?=(?<dated>https?:\/\/(?:(?:twitter|x)\.com\/\w+\/status\/\d|otx\.alienvault\.com\/pulse\/|\S*\/20\d\d[-/][01]\d[-/])\S*)?)(?<reference>\S+)|Aliases:\s*(?<aliases>\S.*))/i,
};

/** A file for each malware or actor; what scans has one file for all. */
const family = /^(?!mass_scanner|.*generic)(.+)$/;

function trailRecord(fields: Fields, file: string | undefined): readonly Observation[] | string {
  if (fields("path") !== "") return "a path without a host";
  const scanner = fields("note");
  const firstSeen = dateOfLink(fields("dated"));
  const about = {
    ...(scanner !== "" && { confidence: "low" as const }),
    ...(firstSeen && { firstSeen }),
    threatType: scanner === "" ? "malware" : "scanner",
    ...namedAfter(file, family),
    referenceUrl: link(fields("reference")),
    context: notes({ aliases: fields("aliases"), note: scanner }),
  };
  const ip = fields("ip");
  if (ip !== "") return [{ ...about, value: ip, type: addressType(ip.replace(/^([\d.]+):\d+$/, "$1")) }];
  const domain = fields("domain");
  if (domain !== "") return [{ ...about, value: domain, type: "domain" }];
  return [{ ...about, value: fields("url"), type: "url" }];
}

const repository = githubRepository("stamparm/trails");

const trails: Layout = {
  name: "Maltrail trails",
  fits: (head) =>
    /^#.{0,200}\b(?:Maltrail|Reference:|Aliases:)/im.test(head.slice(0, 2000)) && fitsList(head, form, /maltrail/i),
  read: (chunks, state) => readList(chunks, state, form, (fields) => trailRecord(fields, state.file)),
};

export const maltrail: IndicatorSource = {
  kind: "indicators",
  id: "maltrail",
  name: "Maltrail static trails",
  vendor: "stamparm",
  homepage: "https://github.com/stamparm/trails",
  category: "community",
  nature: "archive",
  undated: "2018-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: { name: "MIT", url: "https://github.com/stamparm/maltrail/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-11",
  trouble: "its lists moved to `stamparm/trails`",
  takes:
    "domain, address, port, URL; malware or actor after which the file is named; reference and aliases of the heading above, a post's time; paths without a host are refused",
  files: [{ name: "tree.json", url: repository.tree }],
  layouts: [
    trails,
    githubTree(
      repository.raw,
      /(?:^|\/)(?:malware|malicious)\/[\w.-]{1,120}\.txt$|(?:^|\/)(?:mass_scanner(?:_cidr)?|custom\/[\w-]{1,60})\.txt$/,
    ),
  ],
};
