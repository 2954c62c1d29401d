import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { dateOfLink } from "../parse/dates";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";
import { defangedPattern, hashType } from "../parse/plain-lists";
import { addressType, notes } from "../parse/said";

const web = /https?:\/\/[^\s;,"<>()]+/i;

const hashForm: ListForm = {
  comment: "#",
  line: /^(?<hash>[\da-f]{64}|[\da-f]{40}|[\da-f]{32})\s*(?:;(?<note>.*))?$/i,
  problem: "not a hash and a note",
};

function hashRecord(fields: Fields): readonly Observation[] {
  const value = fields("hash");
  const type = hashType(value);
  const note = fields("note").trim();
  const page = web.exec(note)?.[0] ?? "";
  const firstSeen = dateOfLink(page);
  return [
    {
      ...(firstSeen && { firstSeen }),
      value,
      ...(type && { type }),
      threatType: "malware",
      referenceUrl: page,
      context: notes({ note }),
    },
  ];
}

const hashes: Layout = {
  name: "LOKI hashes",
  // Nothing but hashes is another vendor's list.
  fits: (head) => fitsList(head, hashForm) && /^[\da-f]{32,64}\s*;/im.test(head),
  read: (chunks, state) => readList(chunks, state, hashForm, hashRecord),
};

const serverForm: ListForm = {
  comment: "#",
  line: new RegExp(
    `^(?:(?<ip>\\d{1,3}(?:\\[?\\.\\]?\\d{1,3}){3})|(?<domain>${defangedPattern}))\\s*(?:;(?<score>.*))?$`,
    "iu",
  ),
  problem: "neither an address nor a domain",
  // The line above a group names the campaign and its report.
  heading: /^#+\s*(?<campaign>[^\s#].*)$/,
};

function serverRecord(fields: Fields): readonly Observation[] {
  const address = fields("ip");
  const campaign = fields("campaign");
  const page = web.exec(campaign)?.[0] ?? "";
  const firstSeen = dateOfLink(page);
  return [
    {
      ...(firstSeen && { firstSeen }),
      value: address || fields("domain"),
      type: address === "" ? "domain" : addressType(address),
      threatType: "c2",
      referenceUrl: page,
      context: notes({ campaign }),
    },
  ];
}

const servers: Layout = {
  name: "LOKI C2 servers",
  fits: (head) => /^#\s*LOKI C2\b/im.test(head) && fitsList(head, serverForm, /LOKI C2/),
  read: (chunks, state) => readList(chunks, state, serverForm, serverRecord),
};

export const signatureBase: IndicatorSource = {
  kind: "indicators",
  id: "signature-base",
  name: "signature-base",
  vendor: "Neo23x0",
  homepage: "https://github.com/Neo23x0/signature-base",
  category: "community",
  nature: "archive",
  undated: "2018-01-01",
  confidence: "high",
  tlp: "clear",
  reputation: 80,
  licence: {
    name: "DRL 1.1",
    url: "https://github.com/Neo23x0/signature-base/blob/master/LICENSE",
    redistribution: "yes",
  },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "hash with its note; domain and address with the campaign above it; link of the note",
  files: [
    {
      name: "hash-iocs.txt",
      url: "https://raw.githubusercontent.com/Neo23x0/signature-base/master/iocs/hash-iocs.txt",
    },
    { name: "c2-iocs.txt", url: "https://raw.githubusercontent.com/Neo23x0/signature-base/master/iocs/c2-iocs.txt" },
  ],
  layouts: [hashes, servers],
};
