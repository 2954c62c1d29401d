import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout, ReadState } from "../definition/layout";
import { fitsJson, readJson } from "../parse/json";
import type { Fields } from "../parse/parsed";
import { domainLayout } from "../parse/plain-lists";
import { timeSaid } from "../parse/said";

/** A name on the list; one that was deleted is there no more, and ends. */
function warningRecord(fields: Fields, state: ReadState): readonly Observation[] | string {
  const value = fields("DomainAddress");
  if (value === "") return "no domain";
  const record = fields("RegisterPositionId");
  if (fields("DeleteDate") !== "") {
    state.revokedRecords ??= new Set();
    if (record !== "") state.revokedRecords.add(record);
    return [];
  }
  const firstSeen = timeSaid(fields("InsertDate"));
  return [
    {
      value,
      type: "domain",
      ...(firstSeen && { firstSeen }),
      threatType: "phishing",
      ...(record !== "" && { record }),
    },
  ];
}

const json: Layout = {
  name: "CERT Polska JSON",
  fits: (head) => fitsJson(head, ["DomainAddress"]),
  read: (chunks, state) =>
    readJson(chunks, state, { containers: [], keyed: false }, (fields) => warningRecord(fields, state)),
};

export const certPlWarning: IndicatorSource = {
  kind: "indicators",
  id: "cert-pl-warning",
  name: "CERT Polska warning list",
  vendor: "CERT Polska",
  homepage: "https://cert.pl/lista-ostrzezen/",
  category: "government",
  nature: "list",
  confidence: "high",
  tlp: "clear",
  reputation: 85,
  licence: {
    name: "free of charge; no licence text",
    url: "https://cert.pl/lista-ostrzezen/",
    redistribution: "unclear",
  },
  intervalSeconds: 3600,
  minSeconds: 300,
  maxBytes: 128 * megabyte,
  answered: "2026-08",
  takes: "domain; time; what the vendor has deleted ends",
  files: [{ name: "domains.json", url: "https://hole.cert.pl/domains/v2/domains.json" }],
  layouts: [json, domainLayout({ threatType: "phishing" })],
};
