import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { dateOfLink } from "../parse/dates";
import { fitsList, type ListForm, readList } from "../parse/line-list";
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

function trailRecord(fields: Fields): readonly Observation[] | string {
  if (fields("path") !== "") return "a path without a host";
  const scanner = fields("note");
  const firstSeen = dateOfLink(fields("dated"));
  const about = {
    ...(scanner !== "" && { confidence: "low" as const }),
    ...(firstSeen && { firstSeen }),
    threatType: scanner === "" ? "malware" : "scanner",
    referenceUrl: link(fields("reference")),
    context: notes({ aliases: fields("aliases"), note: scanner }),
  };
  const ip = fields("ip");
  if (ip !== "") return [{ ...about, value: ip, type: addressType(ip.replace(/^([\d.]+):\d+$/, "$1")) }];
  const domain = fields("domain");
  if (domain !== "") return [{ ...about, value: domain, type: "domain" }];
  return [{ ...about, value: fields("url"), type: "url" }];
}

const trails: Layout = {
  name: "Maltrail trails",
  fits: (head) => /^#.{0,200}\bMaltrail\b/im.test(head.slice(0, 2000)) && fitsList(head, form, /maltrail/i),
  read: (chunks, state) => readList(chunks, state, form, trailRecord),
};

export const maltrail: IndicatorSource = {
  kind: "indicators",
  id: "maltrail",
  name: "Maltrail static trails",
  vendor: "stamparm",
  homepage: "https://github.com/stamparm/maltrail",
  category: "community",
  nature: "archive",
  undated: "2018-01-01",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: { name: "MIT", url: "https://github.com/stamparm/maltrail/blob/master/LICENSE", redistribution: "yes" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  takes: "domain, address, port, URL; reference and aliases of the heading above; paths without a host are refused",
  files: [
    {
      name: "apt_kimsuky.txt",
      url: "https://raw.githubusercontent.com/stamparm/maltrail/master/trails/static/malware/apt_kimsuky.txt",
    },
    {
      name: "emotet.txt",
      url: "https://raw.githubusercontent.com/stamparm/maltrail/master/trails/static/malware/emotet.txt",
    },
    {
      name: "lummac2.txt",
      url: "https://raw.githubusercontent.com/stamparm/maltrail/master/trails/static/malware/lummac2.txt",
    },
    {
      name: "mass_scanner.txt",
      url: "https://raw.githubusercontent.com/stamparm/maltrail/master/trails/static/mass_scanner.txt",
    },
  ],
  layouts: [trails],
};
