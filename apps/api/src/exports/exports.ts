import type { Format, Scope } from "@tocsin/core/access";
import { invalidInput, invalidParameter, queryInteger } from "@tocsin/core/errors";
import { iocFilterFields, type ListIocsInput, listIocsInput, maxLimit } from "@tocsin/core/iocs";
import {
  blockLists,
  type Document,
  type DocumentFormat,
  documentFormats,
  exportFormats,
  type OptionedFormat,
} from "@tocsin/formats";
import { z } from "zod";
import { samples } from "./samples";

/** A way to take IOCs away as a file: where it is, who may, and what a request becomes. */
export type Export = {
  id: Format;
  /** Without its query; formats of the list are chosen there by `format`. */
  path: `/api/v1/${string}`;
  operationId: string;
  tag: string;
  summary: string;
  description: string;
  scope: Scope;
  input: z.ZodObject;
  /** What may be said of the format beside its filters. */
  options: z.ZodObject;
  contentType: string;
  extension: string;
  sample: string;
  /** Throws `invalid_parameter`. */
  read: (query: Record<string, unknown>) => { document: Document; options: unknown; input: ListIocsInput };
};

type Facts = Pick<Export, "path" | "operationId" | "summary" | "description"> & {
  scope?: Scope;
  tag?: string;
  /** Lists are for machines that want them whole. */
  limit?: number;
  paged?: true;
};

const { cursor } = listIocsInput.unwrap().shape;
const pageFields = {
  page: queryInteger(1, 100_000)
    .meta({ description: "Which page, from 1; `page_size` says how large.", example: 1 })
    .optional(),
  page_size: queryInteger(1, maxLimit)
    .meta({ description: "Entries of a page, in the place of `limit`.", example: 5_000 })
    .optional(),
};

function exportOf<Id extends Format, Options extends z.ZodObject>(
  format: DocumentFormat<Id> | OptionedFormat<Id, Options>,
  { limit, paged, scope = "read:iocs", tag = "Export Formats", ...facts }: Facts,
): Export {
  const own = "options" in format ? format.options : z.object({});
  const filters = limit === undefined ? iocFilterFields : { ...iocFilterFields, limit: limitOf(limit) };
  const input = z.object({ ...filters, cursor, ...own.shape, ...(paged ? pageFields : {}) });
  return {
    ...facts,
    id: format.id,
    scope,
    tag,
    input,
    options: own,
    contentType: format.contentType,
    extension: format.extension,
    sample: samples[format.id] ?? "",
    read: (query) => {
      const checked = input.safeParse(query);
      if (!checked.success) throw invalidInput(checked.error, "query");
      const options = own.parse(query);
      const document = "options" in format ? format.documentOf(format.options.parse(query)) : format;
      return {
        document,
        options,
        input: listOf(z.object(filters).extend({ cursor }).parse(query), paged ? query : {}),
      };
    },
  };
}

function limitOf(limit: number) {
  return iocFilterFields.limit
    .removeDefault()
    .default(limit)
    .meta({
      description: `Most records to read, 1 to ${maxLimit}; more than the plan allows is clamped to it.`,
      example: limit,
    });
}

type Filters = Omit<ListIocsInput, "offset" | "format">;

function listOf(filters: Filters, query: Record<string, unknown>): ListIocsInput {
  const { page, page_size } = z.object(pageFields).parse(query);
  const whole = { ...filters, offset: 0, format: "json" } as const;
  if (page === undefined && page_size === undefined) return whole;
  const limit = page_size ?? (filters.limit === "all" ? maxLimit : filters.limit);
  const offset = ((page ?? 1) - 1) * limit;
  if (offset > 10_000_000)
    throw invalidParameter({ field: "page", problem: "is too large", allowed: "at most 10,000,000 entries" });
  return { ...whole, limit, offset };
}

const list = (format: (typeof documentFormats)[keyof typeof documentFormats]) =>
  exportOf<Format, z.ZodObject>(format, {
    path: "/api/v1/iocs",
    operationId: "listIOCs",
    summary: "Export the list",
    description: "The list as a file.",
  });

/** Formats that `GET /api/v1/iocs` answers in. */
export const listExports: readonly Export[] = Object.values(documentFormats).map(list);

/** Formats with an address of their own. */
export const ownExports: readonly Export[] = [
  exportOf(exportFormats.stix, {
    path: "/api/v1/iocs/stix",
    operationId: "exportSTIX",
    scope: "read:stix",
    summary: "Export as STIX 2.1",
    description:
      "A bundle, or the objects alone: the instance's identity, the TLP 2.0 markings, then an object for every record.",
  }),
  exportOf(exportFormats.misp, {
    path: "/api/v1/iocs/misp",
    operationId: "exportMISP",
    scope: "read:misp",
    summary: "Export as a MISP event",
    description:
      "One event with an attribute for every record; the same filters make the same event. ATT&CK ids are left out.",
  }),
  exportOf(exportFormats.cef, {
    path: "/api/v1/iocs/cef",
    operationId: "exportCEF",
    scope: "read:cef",
    summary: "Export as CEF",
    description: "One event a line, alone or in an RFC 5424 syslog message.",
  }),
  exportOf(exportFormats.openioc, {
    path: "/api/v1/iocs/openioc",
    operationId: "exportOpenIOC",
    scope: "read:openioc",
    summary: "Export as OpenIOC",
    description: "One XML document of version 1.0 or 1.1. SHA-512 hashes, CVEs and ATT&CK ids are left out.",
  }),
  exportOf(exportFormats.sigma, {
    path: "/api/v1/iocs/sigma",
    operationId: "generateSigmaRules",
    tag: "Detection Rules",
    summary: "Generate Sigma rules",
    description:
      "A YAML stream of rules, one a record or grouped by log source; what no log source shows is counted in a comment at the end. With `Accept: text/yaml` the answer is called that.",
  }),
  exportOf(blockLists.hosts, {
    path: "/api/v1/iocs/blocklists/hosts",
    operationId: "exportHostsFile",
    limit: maxLimit,
    summary: "Block list as a hosts file",
    description: "Domains for a hosts file, which knows no wildcards.",
  }),
  exportOf(blockLists.edl, {
    path: "/api/v1/iocs/blocklists/edl",
    operationId: "exportEDL",
    limit: maxLimit,
    paged: true,
    summary: "Block list for firewalls",
    description: "An external dynamic list: one address, domain or URL a line.",
  }),
  exportOf(blockLists.rpz, {
    path: "/api/v1/iocs/blocklists/rpz",
    operationId: "exportRPZ",
    limit: maxLimit,
    summary: "Block list as a response policy zone",
    description: "A zone for BIND, Unbound, Knot Resolver or PowerDNS: domains with all below them, and addresses.",
  }),
  exportOf(blockLists.suricata, {
    path: "/api/v1/iocs/blocklists/suricata",
    operationId: "exportSuricata",
    limit: maxLimit,
    tag: "Detection Rules",
    summary: "Suricata rules and datasets",
    description: "Rules, or the file of a dataset of one kind.",
  }),
  exportOf(blockLists.zeek, {
    path: "/api/v1/iocs/blocklists/zeek",
    operationId: "exportZeek",
    limit: maxLimit,
    tag: "Detection Rules",
    summary: "Zeek intelligence file",
    description: "A tab-separated file for Zeek's intelligence framework.",
  }),
];

/** Every way to take IOCs away, by the word that chooses it. */
export const exportsById: ReadonlyMap<string, Export> = new Map(
  [...listExports, ...ownExports].map((one) => [one.id, one]),
);
