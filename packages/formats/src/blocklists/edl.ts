// External dynamic lists as PAN-OS reads them; other firewalls take the same.
import { requestUrl } from "@tocsin/core/values";
import { z } from "zod";
import { optionedFormat } from "../format";
import { typesWith, vocabulary } from "../vocabulary";
import { linesOf } from "./lines";

const options = z.object({
  kind: z
    .enum(["ip", "domain", "url"])
    .default("ip")
    .meta({ description: "What the list holds; firewalls want one kind a list.", example: "ip" }),
});
type Kind = z.output<typeof options>["kind"];

/** One entry a line, and no comment: not every firewall knows one. */
export const edl = optionedFormat("edl", options, ({ kind }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: "txt",
  fields: ["type", "value"],
  types: typesWith(({ edl: list }) => list === kind),
  write: (pages) => linesOf(pages, (ioc) => (vocabulary[ioc.type].edl === kind ? entryOf[kind](ioc.value) : null)),
}));

/** Characters of an entry that PAN-OS takes; of a longer one it would keep nothing, or block another address. */
const longestEntry = 255;

const plain = (value: string) => value;
const entryOf: Readonly<Record<Kind, (value: string) => string | null>> = { ip: plain, domain: plain, url: urlEntry };

/** A URL as it is asked for, without its scheme: an entry without the slash would match every host that begins so; null where firewalls would read a part of it as a wildcard, or not take its length. */
function urlEntry(url: string): string | null {
  const entry = /^https?:\/\/(.+)$/.exec(requestUrl(url))?.[1];
  return entry === undefined || /[*^\s]/.test(entry) || entry.length > longestEntry ? null : entry;
}
