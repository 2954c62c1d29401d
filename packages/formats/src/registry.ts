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

/** The formats that a list of IOCs is answered in when a request names one. */
export const documentFormats = { csv, txt, ndjson } as const satisfies { readonly [Id in Format]?: DocumentFormat<Id> };

export type DocumentFormatId = keyof typeof documentFormats;

/** The formats that are exports of their own, most of them with options. */
export const exportFormats = { stix, misp, cef, openioc, sigma } as const satisfies {
  readonly [Id in Format]?: DocumentFormat<Id>;
};

export type ExportFormatId = keyof typeof exportFormats;

/** Lists for what blocks or watches by itself: resolvers, firewalls, sensors. */
export const blockLists = { hosts, rpz, edl, suricata, zeek } as const satisfies {
  readonly [Id in Format]?: DocumentFormat<Id>;
};

export type BlockListId = keyof typeof blockLists;
