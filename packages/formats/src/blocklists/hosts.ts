// hosts(5): an address, blanks, names; `#` begins a comment.
import { z } from "zod";
import { type About, optionedFormat, type Pages } from "../format";
import { typesWith, vocabulary } from "../vocabulary";
import { heading, linesOf } from "./lines";

const options = z.object({
  sink: z
    .enum(["0.0.0.0", "127.0.0.1", "::"])
    .default("0.0.0.0")
    .meta({ description: "The address that the names are given.", example: "0.0.0.0" }),
});

/** Domains as a hosts file, which knows no wildcards: the names themselves, not what lies below them. */
export const hosts = optionedFormat("hosts", options, ({ sink }) => ({
  contentType: "text/plain; charset=utf-8",
  extension: "txt",
  fields: ["type", "value"],
  types: typesWith((words) => words.hosts),
  write: (pages, about) => write(pages, about, sink),
}));

async function* write(pages: Pages, about: About, sink: string): AsyncGenerator<string> {
  yield heading("#", about);
  yield* linesOf(pages, ({ type, value }) => (vocabulary[type].hosts ? `${sink} ${value}` : null));
}
