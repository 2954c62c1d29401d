import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { addressList } from "../parse/address-list";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { addressType, notes } from "../parse/said";

// The header of a list says what its addresses are; not all of them are attackers.
const form: ListForm = {
  ...addressList,
  line: /^(?<ip>\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?)$/,
  heading: /^#\s*(?:Category\s{1,20}:\s*(?<category>\w{1,40})|(?<list>[a-z0-9_]{3,60}))\s*$/,
};
const attacking = new Set(["abuse", "attacks", "malware", "reputation", "spam"]);

function fireholRecord(fields: Fields): readonly Observation[] {
  const value = fields("ip");
  const category = fields("category");
  return [
    {
      value,
      type: addressType(value),
      ...(attacking.has(category) ? {} : { confidence: "low" }),
      threatType: category || "blocklisted",
      context: notes({ list: fields("list") }),
    },
  ];
}

const list: Layout = {
  name: "FireHOL list",
  fits: (head) => /^#\s*ipv4 hash:(?:ip|net) ipset/m.test(head) && fitsList(head, form, /firehol/i),
  read: (chunks, state) => readList(chunks, state, form, fireholRecord),
};

export const firehol: IndicatorSource = {
  kind: "indicators",
  id: "firehol",
  name: "FireHOL level 1",
  vendor: "FireHOL",
  homepage: "https://iplists.firehol.org/",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  repeats: "spamhaus-drop",
  licence: {
    name: "terms of each source that is in it",
    url: "https://iplists.firehol.org/",
    redistribution: "unclear",
  },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "network, address; category and list of the header",
  files: [{ name: "firehol_level1.netset", url: "https://iplists.firehol.org/files/firehol_level1.netset" }],
  layouts: [list],
};
