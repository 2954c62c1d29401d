// Suricata 7: rules, and files for its datasets.

import { queryInteger } from "@tocsin/core/errors";
import type { IocRecord } from "@tocsin/core/iocs";
import type { IocType } from "@tocsin/core/values";
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { oneLine } from "../summary";
import { heading, linesOf } from "./lines";

const kinds = ["rules", "domain", "url", "md5", "sha256", "ip"] as const;

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

const typesOf: Readonly<Record<(typeof kinds)[number], readonly IocType[]>> = {
  rules: ["ipv4", "ipv6", "domain", "url"],
  domain: ["domain"],
  url: ["url"],
  md5: ["md5"],
  sha256: ["sha256"],
  ip: ["ipv4", "ipv6"],
};

export const suricata = optionedFormat("suricata", options, ({ kind, first_sid }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: kind === "rules" ? "rules" : "lst",
  types: typesOf[kind],
  write: (pages, about) => (kind === "rules" ? rules(pages, about, first_sid) : linesOf(pages, entryOf[kind])),
}));

async function* rules(pages: Pages, about: About, firstSid: number): AsyncGenerator<string> {
  yield heading("#", about);
  let sid = firstSid;
  yield* linesOf(pages, (ioc) => {
    const match = matchOf(ioc);
    if (match === null) return null;
    const [header, body] = match;
    const label = `${oneLine(about.instanceName)} ${ioc.type} reported by ${oneLine(ioc.feedName)}`;
    const meta = `ioc_id ${ioc.id}, confidence ${ioc.confidence}, tlp ${ioc.tlp}`;
    const rule = `alert ${header} (msg:"${quoted(label)}"; ${body}metadata:${meta}; classtype:trojan-activity; sid:${sid}; rev:1;)`;
    sid += 1;
    return rule;
  });
}

type Match = readonly [header: string, options: string];

/** What traffic shows the value, or null where rules have no keyword for it. */
function matchOf({ type, value }: IocRecord): Match | null {
  switch (type) {
    case "ipv4":
    case "ipv6":
      return [`ip any any <> [${value}] any`, ""];
    case "domain":
      return ["dns any any -> any any", `dns.query; dotprefix; content:"${content(`.${value}`)}"; nocase; endswith; `];
    case "url":
      return urlMatch(value);
    default:
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

/** Strings are base64 in a dataset's file; hashes and addresses stand as they are. */
const entryOf: Readonly<Record<Exclude<(typeof kinds)[number], "rules">, (ioc: IocRecord) => string | null>> = {
  domain: ({ type, value }) => (type === "domain" ? base64(value) : null),
  url: ({ type, value }) => (type === "url" ? base64(value) : null),
  md5: ({ type, value }) => (type === "md5" ? value : null),
  sha256: ({ type, value }) => (type === "sha256" ? value : null),
  // Datasets hold addresses, no networks.
  ip: ({ type, value }) => ((type === "ipv4" || type === "ipv6") && !value.includes("/") ? value : null),
};

const base64 = (text: string) => Buffer.from(text).toString("base64");
