import type { DocumentFormat, Pages } from "../format";

/** One value a line. No value holds a line break: normalising refuses control characters in every type. */
export const txt: DocumentFormat<"txt"> = {
  id: "txt",
  contentType: "text/plain; charset=utf-8",
  extension: "txt",
  write,
};

async function* write(pages: Pages): AsyncGenerator<string> {
  for await (const page of pages) {
    if (page.length > 0) yield page.map((ioc) => `${ioc.value}\n`).join("");
  }
}
