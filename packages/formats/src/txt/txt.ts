import type { IocRecord } from "@tocsin/core/iocs";
import type { DocumentFormat } from "../format";

/** One value a line. No value holds a line break: normalising refuses control characters in every type. */
export const txt: DocumentFormat<"txt"> = {
  id: "txt",
  contentType: "text/plain; charset=utf-8",
  extension: "txt",
  fields: ["value"],
  write,
};

async function* write(pages: AsyncIterable<readonly Pick<IocRecord, "value">[]>): AsyncGenerator<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((ioc) => `${ioc.value}\n`).join("");
  }
}
