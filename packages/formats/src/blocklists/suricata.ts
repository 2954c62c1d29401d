// Suricata 7: rules, and files for its datasets.

import { queryInteger } from "@tocsin/core/errors";
import type { IocRecord } from "@tocsin/core/iocs";
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { oneLine } from "../summary";
import { typesWith, vocabulary } from "../vocabulary";
import { heading, leftOut, linesOf } from "./lines";

// No buffer of Suricata holds scheme, host and path at once, so URLs are matched by rules alone.
const kinds = ["rules", "domain", "md5", "sha256", "ip"] as const;

const options = z.object({
  kind: z
    .enum(kinds)
    .default("rules")
    .meta({ description: "Rules, or the file of a dataset of one kind.", example: "rules" }),
  first_sid: queryInteger(1, 4_000_000_000).default(9_000_000).meta({
    description: "Rules: the id of the first; they are numbered from it, 1 to 4000000000.",
    example: 9_000_000,
  }),
});

const typesOf = (kind: (typeof kinds)[number]) =>
  typesWith(({ suricata: words }) => (kind === "rules" ? words.rule !== null : words.dataset === kind));

export const suricata = optionedFormat("suricata", options, ({ kind, first_sid }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: kind === "rules" ? "rules" : "lst",
  types: typesOf(kind),
  write: (pages, about) => (kind === "rules" ? rules(pages, about, first_sid) : entries(pages, kind)),
}));

/** Suricata reads rules into 8,192 bytes, one of which ends the text and one the line. */
const longestRule = 8_190;

async function* rules(pages: Pages, about: About, firstSid: number): AsyncGenerator<string> {
  yield heading("#", about);
  let sid = firstSid;
  let tooLong = 0;
  yield* linesOf(pages, (ioc) => {
    const match = matchOf(ioc);
    if (match === null) return null;
    const rule = ruleOf(ioc, match, about, sid);
    if (Buffer.byteLength(rule) > longestRule) {
      tooLong += 1;
      return null;
    }
    sid += 1;
    return rule;
  });
  yield leftOut("#", tooLong, `their rules are longer than the ${longestRule} bytes that Suricata reads of a line`);
}

function ruleOf(ioc: IocRecord, [header, body]: Match, about: About, sid: number): string {
  const label = quoted(`${oneLine(about.instanceName)} ${ioc.type} reported by ${oneLine(ioc.feedName)}`);
  const meta = `ioc_id ${ioc.id}, confidence ${ioc.confidence}, tlp ${ioc.tlp}`;
  return `alert ${header} (msg:"${label}"; ${body}metadata:${meta}; classtype:trojan-activity; sid:${sid}; rev:1;)`;
}

type Match = readonly [header: string, options: string];

/** What traffic shows the value, or null where rules have no keyword for it. */
function matchOf({ type, value }: IocRecord): Match | null {
  switch (vocabulary[type].suricata.rule) {
    case "address":
      return [`ip any any <> [${value}] any`, ""];
    case "dns":
      return ["dns any any -> any any", `dns.query; dotprefix; content:"${content(`.${value}`)}"; nocase; endswith; `];
    case "http":
      return urlMatch(value);
    case null:
      return null;
  }
}

/** Only what is sent in the clear has a path to look at; HTTP keeps neither scheme nor fragment. */
function urlMatch(url: string): Match | null {
  const parts = /^http:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:\\]+)(?::[0-9]+)?([^#]*)/.exec(url);
  if (!parts) return null;
  const [, host = "", rest = ""] = parts;
  const path = rest.startsWith("/") ? rest : `/${rest}`;
  return [
    "http any any -> any any",
    `http.host; content:"${content(host)}"; startswith; endswith; http.uri.raw; content:"${content(path)}"; startswith; endswith; `,
  ];
}

/** Text of a `content`: what has a meaning there, and all but printable ASCII, as bytes in hexadecimal. */
export function content(text: string): string {
  let written = "";
  for (const byte of Buffer.from(text)) {
    const plain = byte > 0x1f && byte < 0x7f && !'"\\;:|'.includes(String.fromCharCode(byte));
    written += plain ? String.fromCharCode(byte) : `|${byte.toString(16).padStart(2, "0")}|`;
  }
  return written;
}

function quoted(text: string): string {
  return text.replace(/[\\";]/g, "\\$&");
}

type Dataset = Exclude<(typeof kinds)[number], "rules">;

/** Suricata reads a dataset's file by lines of 1,024 bytes: the rest of a longer one would be another entry. */
const longestEntry = 1_022;

/** The entries of a dataset's file: strings are base64, hashes and addresses stand as they are. */
function entries(pages: Pages, kind: Dataset): AsyncGenerator<string> {
  return linesOf(pages, ({ type, value }) => {
    const entry = vocabulary[type].suricata.dataset === kind ? entryOf[kind](value) : null;
    return entry === null || entry.length > longestEntry ? null : entry;
  });
}

const plain = (value: string) => value;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const entryOf: Readonly<Record<Dataset, (value: string) => string | null>> = {
  domain: base64,
  md5: plain,
  sha256: plain,
  // Datasets hold addresses, no networks.
  ip: (value) => (value.includes("/") ? null : value),
};
