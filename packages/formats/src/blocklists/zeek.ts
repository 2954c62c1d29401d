// Zeek's intelligence framework: tab-separated values as its ASCII reader takes them.
import type { IocRecord } from "@tocsin/core/iocs";
import { requestUrl } from "@tocsin/core/values";
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
    const about = [kind, instanceName, summaryOf(ioc), ioc.referenceUrl ?? ""].map(zeekField);
    return [ioc.type === "url" ? zeekUrl(value) : zeekField(value), ...about].join("\t");
  });
}

function indicatorOf({ type, value }: IocRecord): readonly [kind: string | null, value: string] {
  const kind = vocabulary[type].zeek;
  if (kind === "Intel::ADDR" && value.includes("/")) return ["Intel::SUBNET", value];
  return [kind, value];
}

/**
 * A URL as Zeek builds it of a request (base/protocols/http/utils.zeek, build_url): as it is asked for, without its scheme,
 * and with the bytes that `%41` and the like stand for. Bytes that are not printable ASCII are escaped for the reader.
 */
export function zeekUrl(url: string): string {
  const asked = requestUrl(url).replace(/^[a-z]+:\/\//, "");
  if (/^[!-$&-[\]-~]*$/.test(asked)) return asked;
  const bytes = Buffer.from(asked);
  let field = "";
  for (let at = 0; at < bytes.length; at += 1) {
    const hex = /^%([\da-f]{2})$/i.exec(bytes.toString("latin1", at, at + 3))?.[1];
    const byte = hex === undefined ? (bytes[at] ?? 0) : Number.parseInt(hex, 16);
    if (hex !== undefined) at += 2;
    const plain = byte > 0x20 && byte < 0x7f && byte !== 0x5c;
    field += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return field;
}

/** A field: a backslash would begin an escape, and `-` alone stands for no value. */
export function zeekField(text: string): string {
  const written = oneLine(text).replaceAll("\\", "\\x5c");
  return written === "" ? "-" : written === "-" ? "\\x2d" : written;
}
