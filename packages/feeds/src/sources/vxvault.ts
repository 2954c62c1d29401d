import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { type ListForm, readList } from "../parse/line-list";

const form: ListForm = {
  comment: "#",
  line: /^(?<url>https?:\/\/\S.*)$/i,
  problem: "not a URL",
  // A title and a date, in HTML's tags or not.
  frame:
    /^(?:(?:<\/?(?:pre|html|body|br)\s*\/?>\s*){1,4}|(?:<pre>\s*)?VX Vault last \d+ Links(?:<br\s*\/?>)?|\w{3}, \d{2} \w{3} \d{4} [\d:]{8} [+-]\d{4}(?:<br\s*\/?>)?)$/i,
};

const text: Layout = {
  name: "VX Vault list",
  fits: (head) => /VX Vault last \d/i.test(head.slice(0, 500)),
  read: (chunks, state) =>
    readList(chunks, state, form, (fields) => [{ value: fields("url"), type: "url", threatType: "malware_download" }]),
};

export const vxvault: IndicatorSource = {
  kind: "indicators",
  id: "vxvault",
  name: "VX Vault URLs",
  vendor: "VX Vault",
  homepage: "http://vxvault.net/",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 60,
  licence: { name: "free of charge; no licence text", url: "http://vxvault.net/", redistribution: "unclear" },
  intervalSeconds: 6 * 3600,
  minSeconds: 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "URL",
  files: [{ name: "URL_List.php", url: "http://vxvault.net/URL_List.php" }],
  layouts: [text],
};
