import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsJson, readJson } from "../parse/json";
import { abuseCh } from "./abuse-ch";
import { feodoRecord } from "./feodo-record";

const json: Layout = {
  name: "Feodo Tracker JSON",
  // No botnet left is an empty list. Phishing sites have addresses, too.
  fits: (head) =>
    (fitsJson(head, ["ip_address", "dst_ip"]) && !fitsJson(head, ["phish_id"])) || /^[\s\ufeff]*\[\s*\]\s*$/.test(head),
  read: (chunks, state) => readJson(chunks, state, { containers: ["data"], keyed: true }, feodoRecord),
};

export const feodoJson: IndicatorSource = {
  ...abuseCh,
  id: "feodo-json",
  name: "Feodo Tracker",
  nature: "log",
  homepage: "https://feodotracker.abuse.ch/",
  confidence: "high",
  lifetimeDays: { ipv4: 60 },
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "address with port; family, first seen, last online; status, host name, network and country in the context",
  files: [{ name: "ipblocklist.json", url: "https://feodotracker.abuse.ch/downloads/ipblocklist.json" }],
  layouts: [json],
};
