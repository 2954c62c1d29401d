// Zeek's intelligence framework: tab-separated values as its ASCII reader takes them.
import type { IocRecord } from "@tocsin/core/iocs";
import type { About, DocumentFormat, Pages } from "../format";
import { oneLine, summaryOf } from "../summary";
import { typesWith, vocabulary } from "../vocabulary";
import { linesOf } from "./lines";

export const zeek: DocumentFormat<"zeek"> = {
  id: "zeek",
  contentType: "text/tab-separated-values; charset=utf-8",
  extension: "dat",
  types: typesWith(({ zeek: kind }) => kind !== null),
  write,
};

async function* write(pages: Pages, { instanceName }: About): AsyncGenerator<string> {
  yield "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\n";
  yield* linesOf(pages, (ioc) => {
    const [kind, value] = indicatorOf(ioc);
    if (kind === null) return null;
    return [value, kind, instanceName, summaryOf(ioc), ioc.referenceUrl ?? ""].map(zeekField).join("\t");
  });
}

function indicatorOf({ type, value }: IocRecord): readonly [kind: string | null, value: string] {
  const kind = vocabulary[type].zeek;
  if (kind === "Intel::ADDR" && value.includes("/")) return ["Intel::SUBNET", value];
  // Zeek compares a URL without its scheme.
  return [kind, type === "url" ? value.replace(/^[a-z]+:\/\//, "") : value];
}

/** A field: a backslash would begin an escape, and `-` alone stands for no value. */
export function zeekField(text: string): string {
  const written = oneLine(text).replaceAll("\\", "\\x5c");
  return written === "" ? "-" : written === "-" ? "\\x2d" : written;
}
