// Newline-delimited JSON: one value a line, each ended by LF.
import { toIoc } from "@tocsin/core/iocs";
import type { DocumentFormat, Pages } from "../format";

/** One record a line, as the list answers it. */
export const ndjson: DocumentFormat<"ndjson"> = {
  id: "ndjson",
  contentType: "application/x-ndjson; charset=utf-8",
  extension: "ndjson",
  write,
};

async function* write(pages: Pages): AsyncGenerator<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((ioc) => `${JSON.stringify(toIoc(ioc))}\n`).join("");
  }
}
