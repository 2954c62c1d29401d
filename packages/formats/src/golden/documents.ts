import type { Document } from "../format";
import { documentFormats } from "../registry";

const { stix, cef, openioc, sigma, hosts, rpz, edl, suricata } = documentFormats;

/** Every format, and documents by other options than the defaults, with the name of its golden file. */
export const documents: ReadonlyArray<readonly [file: string, document: Document]> = [
  ...Object.values(documentFormats).map((format) => [fileOf(format.id, format.extension), format] as const),
  ["stix-objects.json", stix.documentOf(stix.options.parse({ format: "objects", include_identity: "false", tlp: "red" }))],
  ["cef-syslog.log", cef.documentOf({ format: "syslog" })],
  ["openioc-1.1.ioc", openioc.documentOf({ version: "1.1" })],
  ["sigma-grouped.yml", sigma.documentOf({ mode: "grouped", values_per_rule: 2, rules_per_source: 1 })],
  ["hosts-v6.txt", hosts.documentOf({ sink: "::" })],
  ["rpz-drop.zone", rpz.documentOf({ action: "drop" })],
  ["edl-domain.txt", edl.documentOf({ kind: "domain" })],
  ["edl-url.txt", edl.documentOf({ kind: "url" })],
  ["suricata-domain.lst", suricata.documentOf({ kind: "domain", first_sid: 1 })],
  ["suricata-ip.lst", suricata.documentOf({ kind: "ip", first_sid: 1 })],
];

function fileOf(id: string, extension: string): string {
  return id === "csv" || id === "txt" ? `iocs.${extension}` : `${id}.${extension}`;
}

/** A document's whole text. */
export async function textOf(
  document: Document,
  from: Parameters<Document["write"]>[0],
  about: Parameters<Document["write"]>[1],
): Promise<string> {
  let text = "";
  for await (const chunk of document.write(from, about)) text += chunk;
  return text;
}
