import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType, notes } from "../parse/said";

const form: ListForm = {
  comment: "#",
  line: /^(?<ip>\/|[\da-f.:]{2,45}) (?<domain>[^\s/]{1,253}) (?<url>https?:\/\/\S{1,2000}) (?<site>\S{1,253})$/i,
  problem: "not an address, a domain, a URL and a site",
};

/** The site that redirects is a victim's: it stands in the context and is no indicator. */
function ponmocupRecord(fields: Fields): readonly Observation[] {
  const about = {
    threatType: "malware",
    malwareFamily: "Ponmocup",
    context: notes({ "infected site": fields("site") }),
  } as const;
  const address = fields("ip");
  return [
    { ...about, value: fields("domain"), type: "domain" },
    { ...about, value: fields("url"), type: "url" },
    ...(address === "/" ? [] : [{ ...about, value: address, type: addressType(address) }]),
  ];
}

const text: Layout = {
  name: "Ponmocup list",
  fits: (head) => fitsList(head, form, /ponmocup/i),
  read: (chunks, state) => readList(chunks, state, form, ponmocupRecord),
};

export const ponmocup: IndicatorSource = {
  kind: "indicators",
  id: "ponmocup",
  name: "Ponmocup redirection",
  vendor: "c-APT-ure",
  homepage: "http://c-apt-ure.blogspot.com/",
  category: "community",
  nature: "archive",
  undated: "2023-06-28",
  confidence: "low",
  tlp: "clear",
  reputation: 40,
  licence: { name: "free of charge; no licence text", url: null, redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  ended: true,
  answered: "2026-08",
  takes: "domain, URL and address that a visitor is sent to; the infected site only in the context",
  files: [
    {
      name: "ponmocup.txt",
      url: "http://security-research.dyndns.org/pub/malware-feeds/ponmocup-infected-domains-shadowserver.csv",
    },
  ],
  layouts: [text],
};
