// Response policy zones (draft-vixie-dnsop-dns-rpz-00); RFC 1035 section 5 (master files).
import type { IocRecord } from "@tocsin/core/iocs";
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { typesWith, vocabulary } from "../vocabulary";
import { heading, leftOut, linesOf } from "./lines";

const targets = { nxdomain: ".", nodata: "*.", drop: "rpz-drop.", passthru: "rpz-passthru." } as const;
const actions = Object.keys(targets) as [keyof typeof targets, ...Array<keyof typeof targets>];

const options = z.object({
  action: z.enum(actions).default("nxdomain").meta({
    description: "What the resolver does: deny the name, answer nothing, stay silent, or only log.",
    example: "nxdomain",
  }),
});

/** Domains with everything below them by name, addresses and networks by the answers that hold them. */
export const rpz = optionedFormat("rpz", options, ({ action }) => ({
  contentType: "text/dns; charset=utf-8",
  extension: "zone",
  types: typesWith((words) => words.rpz !== null),
  write: (pages, about) => write(pages, about, targets[action]),
}));

async function* write(pages: Pages, about: About, target: string): AsyncGenerator<string> {
  yield heading(";", about);
  // The serial must grow with every edition.
  const serial = Math.floor(about.now.getTime() / 1000);
  yield `$TTL 300\n@ SOA localhost. root.localhost. ${serial} 3600 600 86400 300\n@ NS localhost.\n`;
  let refused = 0;
  yield* linesOf(pages, (ioc) => {
    const lines = recordsOf(ioc, target);
    if (lines === null && vocabulary[ioc.type].rpz !== null) refused += 1;
    return lines;
  });
  yield leftOut(";", refused, `a zone takes no name over ${longestName} characters, and none that reads as a trigger`);
}

/** Characters of a name: one that is too long together with the zone's own would keep the whole zone from loading. */
const longestName = 200;

function recordsOf({ type, value }: IocRecord, target: string): string | null {
  switch (vocabulary[type].rpz) {
    case "name":
      // A name like this would be read as a trigger of another kind.
      if (value.length > longestName || /\.rpz-[a-z0-9-]+$/.test(value)) return null;
      return `${value} CNAME ${target}\n*.${value} CNAME ${target}`;
    case "address":
      return `${addressTrigger(value)} CNAME ${target}`;
    case null:
      return null;
  }
}

/** `198.51.100.0/24` → `24.0.100.51.198.rpz-ip`; the longest run of zeros of an IPv6 address is `zz`. */
export function addressTrigger(value: string): string {
  const [address = "", length] = value.split("/");
  if (!address.includes(":")) return `${length ?? 32}.${address.split(".").reverse().join(".")}.rpz-ip`;
  const labels = address
    .replace(/^::$/, "zz")
    .replace(/^::/, "zz:")
    .replace(/::$/, ":zz")
    .replace("::", ":zz:")
    .split(":");
  return `${length ?? 128}.${labels.reverse().join(".")}.rpz-ip`;
}
