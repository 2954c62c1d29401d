import type { IocRecord } from "@tocsin/core/iocs";
import type { About, Pages } from "../format";
import { oneLine } from "../summary";

/** A comment that says whose list it is and of when. */
export function heading(comment: string, { instanceName, now }: About): string {
  return `${comment} ${oneLine(instanceName)}, ${now.toISOString()}\n`;
}

/** A comment that counts what the format could not hold, and says why; nothing where all is there. */
export function leftOut(comment: string, count: number, why: string): string {
  return count === 0 ? "" : `${comment} Left out: ${count} ${count === 1 ? "record" : "records"}; ${why}.\n`;
}

/** A line for every record that has one. */
export async function* linesOf(pages: Pages, lineOf: (ioc: IocRecord) => string | null): AsyncGenerator<string> {
  for await (const page of pages) {
    let text = "";
    for (const ioc of page) {
      const line = lineOf(ioc);
      if (line !== null) text += `${line}\n`;
    }
    if (text !== "") yield text;
  }
}
