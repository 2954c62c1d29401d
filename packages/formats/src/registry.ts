import type { Format } from "@tocsin/core/access";
import { edl } from "./blocklists/edl";
import { hosts } from "./blocklists/hosts";
import { rpz } from "./blocklists/rpz";
import { suricata } from "./blocklists/suricata";
import { zeek } from "./blocklists/zeek";
import { cef } from "./cef/cef";
import { csv } from "./csv/csv";
import type { DocumentFormat } from "./format";
import { misp } from "./misp/misp";
import { ndjson } from "./ndjson/ndjson";
import { openioc } from "./openioc/openioc";
import { sigma } from "./sigma/sigma";
import { stix } from "./stix/stix";
import { txt } from "./txt/txt";

/** No documents: the list and TAXII answer these page by page. */
type PagedFormat = "json" | "taxii";

export type DocumentFormatId = Exclude<Format, PagedFormat>;

/** Every format that is a document, by the word that requests use. */
export const documentFormats = {
  csv,
  txt,
  ndjson,
  stix,
  misp,
  cef,
  openioc,
  sigma,
  hosts,
  rpz,
  edl,
  suricata,
  zeek,
} as const satisfies { readonly [Id in DocumentFormatId]: DocumentFormat<Id> };
