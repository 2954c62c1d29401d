import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType, notes, timeSaid } from "../parse/said";

const form: ListForm = {
  comment: "#",
  line: /^(?<asn>\d{1,10}|NA)\s*\|(?<name>[^|]{0,80})\|\s*(?<ip>[\da-f.:]{2,45})\s*\|\s*(?<at>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\s*\|\s*(?<category>\w{1,60})$/i,
  problem: "not five columns with an address",
  begun: /^\d{1,10}\s*\|?[^|]*\|?[^|]*\|?[^|]*$/,
};

function dataplaneRecord(fields: Fields): readonly Observation[] {
  const value = fields("ip");
  const lastSeen = timeSaid(fields("at"));
  const asn = fields("asn");
  return [
    {
      value,
      type: addressType(value),
      ...(lastSeen && { lastSeen }),
      threatType: fields("category").toLowerCase(),
      context: notes({ network: asn === "NA" ? "" : `AS${asn} ${fields("name").trim()}` }),
    },
  ];
}

const text: Layout = {
  name: "DataPlane table",
  fits: (head) => fitsList(head, form, /dataplane\.org/i),
  read: (chunks, state) => readList(chunks, state, form, dataplaneRecord),
};

export const dataplane: IndicatorSource = {
  kind: "indicators",
  id: "dataplane",
  name: "DataPlane.org signals",
  vendor: "DataPlane.org",
  homepage: "https://dataplane.org/",
  category: "threat-feed",
  nature: "log",
  confidence: "medium",
  tlp: "clear",
  reputation: 65,
  lifetimeDays: { ipv4: 14, ipv6: 14 },
  licence: {
    name: "DataPlane.org terms: not commercial, not passed on",
    url: "https://dataplane.org/",
    redistribution: "no",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address; last seen, kind of signal; network in the context",
  files: [
    { name: "sshpwauth.txt", url: "https://dataplane.org/sshpwauth.txt" },
    { name: "sshclient.txt", url: "https://dataplane.org/sshclient.txt" },
    { name: "telnetlogin.txt", url: "https://dataplane.org/telnetlogin.txt" },
    { name: "vncrfb.txt", url: "https://dataplane.org/vncrfb.txt" },
    { name: "sipquery.txt", url: "https://dataplane.org/sipquery.txt" },
    { name: "sipinvitation.txt", url: "https://dataplane.org/sipinvitation.txt" },
  ],
  layouts: [text],
};
