// External dynamic lists as PAN-OS reads them; other firewalls take the same.
import type { IocRecord } from "@tocsin/core/iocs";
import type { IocType } from "@tocsin/core/values";
import { z } from "zod";
import { optionedFormat } from "../format";
import { linesOf } from "./lines";

const options = z.object({
  kind: z
    .enum(["ip", "domain", "url"])
    .default("ip")
    .meta({ description: "What the list holds; firewalls want one kind a list.", example: "ip" }),
});
type Kind = z.output<typeof options>["kind"];

const typesOf: Readonly<Record<Kind, readonly IocType[]>> = { ip: ["ipv4", "ipv6"], domain: ["domain"], url: ["url"] };

/** One entry a line, and no comment: not every firewall knows one. */
export const edl = optionedFormat("edl", options, ({ kind }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: "txt",
  fields: ["type", "value"],
  types: typesOf[kind],
  write: (pages) => linesOf(pages, entryOf[kind]),
}));

const entryOf: Readonly<Record<Kind, (ioc: IocRecord) => string | null>> = {
  ip: ({ type, value }) => (type === "ipv4" || type === "ipv6" ? value : null),
  domain: ({ type, value }) => (type === "domain" ? value : null),
  url: ({ type, value }) => (type === "url" ? urlEntry(value) : null),
};

/** A URL without its scheme; null where firewalls would read a part of it as a wildcard. */
function urlEntry(url: string): string | null {
  const bare = /^https?:\/\/(.+)$/.exec(url)?.[1];
  if (bare === undefined || /[*^\s]/.test(bare)) return null;
  // Without the slash an entry would match every host that begins like this one.
  return bare.includes("/") ? bare : `${bare}/`;
}
