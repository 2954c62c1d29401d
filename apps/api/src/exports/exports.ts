import { formatRules, type Scope } from "@tocsin/core/access";
import { invalidInput, invalidParameter, queryInteger } from "@tocsin/core/errors";
import { iocFilterFields, type ListIocsInput, listIocsInput, maxLimit } from "@tocsin/core/iocs";
import {
  type Document,
  type DocumentFormat,
  type DocumentFormatId,
  documentFormats,
  type OptionedFormat,
} from "@tocsin/formats";
import { z } from "zod";
import { type ExportGroup, exportCatalog } from "./catalog";

/** A way to take IOCs away as a file: where it is, who may, and what a request becomes. */
export type Export = {
  id: DocumentFormatId;
  label: string;
  group: ExportGroup;
  /** Whether `GET /api/v1/iocs` answers it, by `format`. */
  ofList: boolean;
  /** Without its query. */
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
  /** Other names of the content type. */
  aliases: readonly string[];
  extension: string;
  sample: string;
  /** Throws `invalid_parameter`. */
  read: (query: Record<string, unknown>) => { document: Document; options: unknown; input: ListIocsInput };
};

const { cursor } = listIocsInput.unwrap().shape;
const pageFields = {
  page: queryInteger(1, 100_000)
    .meta({ description: "Which page, 1 to 100000; `page_size` says how large.", example: 1 })
    .optional(),
  page_size: queryInteger(1, maxLimit)
    .meta({ description: `Entries of a page, 1 to ${maxLimit}, in place of \`limit\`.`, example: 5_000 })
    .optional(),
};

const list = {
  path: "/api/v1/iocs",
  operationId: "listIOCs",
  tag: "Export Formats",
  summary: "Export the list",
  description: "The list as a file.",
  sample: "",
} as const;

function exportOf<Id extends DocumentFormatId, Options extends z.ZodObject>(
  format: DocumentFormat<Id> | OptionedFormat<Id, Options>,
): Export {
  const { label, group, route, limit, paged, aliases = [] } = exportCatalog[format.id];
  const own = "options" in format ? format.options : z.object({});
  const filters = limit === undefined ? iocFilterFields : { ...iocFilterFields, limit: limitOf(limit) };
  const input = z.object({ ...filters, cursor, ...own.shape, ...(paged ? pageFields : {}) });
  return {
    id: format.id,
    label,
    group,
    ofList: route === null,
    ...(route ?? list),
    scope: formatRules[format.id].scope,
    input,
    options: own,
    contentType: format.contentType,
    aliases,
    extension: format.extension,
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
      description: `Most indicators to read, 1 to ${maxLimit}; more than the tier allows is lowered to that.`,
      example: limit,
      parameter: "BlockListLimit",
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

/** Every way to take IOCs away, in the order of the catalog. */
export const allExports: readonly Export[] = (Object.keys(exportCatalog) as DocumentFormatId[]).map((id) =>
  exportOf<DocumentFormatId, z.ZodObject>(documentFormats[id]),
);

/** The same, by the word that chooses one. */
export const exportsById: ReadonlyMap<string, Export> = new Map(allExports.map((one) => [one.id, one]));
