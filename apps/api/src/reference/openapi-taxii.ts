import { errorCatalog } from "@tocsin/core/errors";
import { stixType, taxiiType } from "../taxii/media-type";
import { maxPage } from "../taxii/object-query";
import {
  type TaxiiOperation,
  type TaxiiOperationId,
  type TaxiiParameter,
  taxiiOperations,
  taxiiParameters,
} from "../taxii/operations";
import { errorsOf } from "./errors-of";
import { rateHeaders, ref } from "./openapi-components";

const text = { type: "string" } as const;
const time = { ...text, format: "date-time" } as const;
const list = (items: object) => ({ type: "array", minItems: 1, items });
const object = (properties: Record<string, object>, required: readonly string[]) => ({
  type: "object",
  required,
  properties,
});

const paged = { more: { type: "boolean" }, next: text };
const stixObject = { type: "object", required: ["type", "id"], properties: { type: text, id: text } } as const;
const record = { id: text, date_added: time, version: time, media_type: text };

const collection = object(
  {
    id: { ...text, format: "uuid" },
    title: text,
    description: text,
    alias: text,
    can_read: { type: "boolean" },
    can_write: { type: "boolean" },
    media_types: list(text),
  },
  ["id", "title", "can_read", "can_write"],
);

/** TAXII 2.1's resources, by their names in the document. */
export const taxiiSchemas = {
  TAXIIDiscovery: object({ title: text, description: text, default: text, api_roots: list(text) }, ["title"]),
  TAXIIAPIRoot: object(
    { title: text, description: text, versions: list(text), max_content_length: { type: "integer", minimum: 1 } },
    ["title", "versions", "max_content_length"],
  ),
  TAXIICollection: collection,
  TAXIICollections: object({ collections: list({ $ref: "#/components/schemas/TAXIICollection" }) }, []),
  TAXIIManifest: object({ ...paged, objects: list(object(record, ["id", "date_added", "version"])) }, []),
  TAXIIEnvelope: object({ ...paged, objects: list(stixObject) }, []),
  TAXIIVersions: object({ versions: list(time) }, []),
  TAXIIError: object(
    {
      title: text,
      description: text,
      error_id: { ...text, description: "Names the request in the log of the instance." },
      error_code: { ...text, enum: Object.keys(errorCatalog) },
      http_status: text,
      details: { type: "object", additionalProperties: true },
    },
    ["title", "description", "error_id", "error_code", "http_status"],
  ),
  STIXBundle: object({ type: { const: "bundle" }, id: text, objects: list(stixObject) }, ["type", "id"]),
};

const answers: Readonly<Record<TaxiiOperationId, keyof typeof taxiiSchemas | null>> = {
  getTAXIIDiscovery: "TAXIIDiscovery",
  getTAXIIDiscoveryUnderAPI: "TAXIIDiscovery",
  getTAXIIAPIRoot: "TAXIIAPIRoot",
  getTAXIIStatus: null,
  listTAXIICollections: "TAXIICollections",
  getTAXIICollection: "TAXIICollection",
  getTAXIIManifest: "TAXIIManifest",
  getTAXIIObjects: "TAXIIEnvelope",
  addTAXIIObjects: null,
  getTAXIIObject: "TAXIIEnvelope",
  deleteTAXIIObject: null,
  getTAXIIVersions: "TAXIIVersions",
};

type Described = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  [rest: string]: unknown;
};

/** TAXII in the OpenAPI document, path by path. */
export function taxiiPaths(): Record<string, Record<string, Described>> {
  const paths: Record<string, Record<string, Described>> = {};
  for (const operation of taxiiOperations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return paths;
}

function describe(operation: TaxiiOperation & { operationId: TaxiiOperationId }): Described {
  const schema = answers[operation.operationId];
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    ...pathParameters[name],
  }));
  const inQuery = operation.parameters.map((name) => ({
    name,
    in: "query",
    required: false,
    description: taxiiParameters[name],
    ...queryParameters[name],
  }));
  const parameters = [...inPath, ...inQuery];
  return {
    operationId: operation.operationId,
    tags: ["TAXII"],
    summary: operation.summary,
    description: operation.description,
    security: [{ BearerAuth: [] }, { TAXIIBasic: [] }, { ApiKeyHeader: [] }, { ApiKeyQuery: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { ...(schema === null ? {} : { "200": answerOf(operation, schema) }), ...refusalsOf(operation) },
  };
}

const pathParameters: Readonly<Record<string, object>> = {
  collection: { description: "Id of a collection, or one of its names.", schema: text, example: "all" },
  object: {
    description: "A STIX id.",
    schema: text,
    example: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
  },
  status: { description: "Id of a status.", schema: text, example: "2d086da7-4bdc-4f91-900e-d77486753710" },
};

const queryParameters: Readonly<Record<TaxiiParameter, object>> = {
  limit: { schema: { type: "integer", minimum: 1, default: maxPage }, example: 100 },
  next: { schema: text, example: "q1w2e3" },
  added_after: { schema: time, example: "2026-11-21T09:30:00.000000Z" },
  "match[id]": { schema: text, example: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487" },
  "match[type]": { schema: text, example: "indicator" },
  "match[version]": { schema: text, example: "last" },
  "match[spec_version]": { schema: text, example: "2.1" },
};

function answerOf({ offers, parameters }: TaxiiOperation, schema: keyof typeof taxiiSchemas) {
  const content: Record<string, object> = { [taxiiType]: { schema: { $ref: `#/components/schemas/${schema}` } } };
  if (offers.includes(stixType)) content[stixType] = { schema: { $ref: "#/components/schemas/STIXBundle" } };
  const times = { "X-TAXII-Date-Added-First": ref("DateAdded"), "X-TAXII-Date-Added-Last": ref("DateAdded") };
  return {
    description: "The answer.",
    headers: { ...rateHeaders, ...(parameters.length > 0 ? times : {}) },
    content,
  };
}

function refusalsOf({ access, method, path }: TaxiiOperation) {
  const own = [
    "invalid_parameter" as const,
    ...(path.includes(":") ? (["not_found"] as const) : []),
    ...(method === "GET" ? [] : (["read_only_collection"] as const)),
    "not_acceptable" as const,
  ];
  const byStatus = errorsOf({ access, rest: { errors: own } });
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\``).join(", "),
        headers: { ...rateHeaders, ...(status === 429 || status === 503 ? { "Retry-After": ref("RetryAfter") } : {}) },
        content: { [taxiiType]: { schema: { $ref: "#/components/schemas/TAXIIError" } } },
      },
    ]),
  );
}
