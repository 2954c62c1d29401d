import type { Observation } from "@tocsin/core/values";
import { type IndicatorSource, megabyte } from "../definition/feed";
import type { Layout } from "../definition/layout";
import { fitsList, type ListForm, readList } from "../parse/line-list";
import type { Fields } from "../parse/parsed";

const form: ListForm = {
  comment: "#",
  line: /^(?<md5>[\da-f]{32})\t(?<sha1>[\da-f]{40})\t(?<sha256>[\da-f]{64})(?:\t.*)?$/i,
  problem: "not an MD5, a SHA-1 and a SHA-256",
  begun: /^[\da-f]+(?:\t[\da-f]*){0,2}$/i,
};

/** The same file by three hashes; the fuzzy hash behind them is no indicator. */
function malshareRecord(fields: Fields): readonly Observation[] {
  const about = { threatType: "malware" } as const;
  return [
    { ...about, value: fields("sha256"), type: "sha256" },
    { ...about, value: fields("sha1"), type: "sha1", context: `SHA-256: ${fields("sha256")}` },
    { ...about, value: fields("md5"), type: "md5", context: `SHA-256: ${fields("sha256")}` },
  ];
}

const text: Layout = {
  name: "MalShare hashes",
  fits: (head) => fitsList(head, form),
  read: (chunks, state) => readList(chunks, state, form, malshareRecord),
};

export const malshare: IndicatorSource = {
  kind: "indicators",
  id: "malshare",
  name: "MalShare hashes",
  vendor: "MalShare",
  homepage: "https://malshare.com/",
  category: "community",
  nature: "list",
  confidence: "medium",
  tlp: "clear",
  reputation: 70,
  licence: { name: "free of charge; no licence text", url: "https://malshare.com/doc.php", redistribution: "unclear" },
  intervalSeconds: 24 * 3600,
  minSeconds: 6 * 3600,
  maxBytes: 64 * megabyte,
  answered: "2026-08",
  takes: "SHA-256, SHA-1 and MD5 of a sample",
  files: [{ name: "malshare.current.all.txt", url: "https://malshare.com/daily/malshare.current.all.txt" }],
  layouts: [text],
};
