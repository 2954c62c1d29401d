import type { IocRecord } from "@tocsin/core/iocs";

/** One line of what is known of a record, for formats with a place for prose. */
export function summaryOf(ioc: IocRecord): string {
  const what = [ioc.threatType, ioc.malwareFamily].filter((word) => word !== null && word !== "").join(", ");
  return oneLine(
    `Reported by ${ioc.feedName}${what === "" ? "" : `: ${what}`}.${ioc.context ? ` ${ioc.context}` : ""}`,
  );
}

/** Text without control characters and line breaks, for formats in which these end something. */
export function oneLine(text: string): string {
  // Most texts: the test is many times faster than the replacement.
  return printable.test(text) ? text : text.replace(breaks, " ");
}

/** The first `most` UTF-16 units of a text, with no half of a character at the end. */
export function cut(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
}

const printable = /^[ -~]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
