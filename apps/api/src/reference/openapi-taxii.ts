// TAXII 2.1 sections 3 to 5: the endpoints and their resources in the OpenAPI document.
import { stixBundleShape } from "@tocsin/formats";
import { z } from "zod";
import { stixType, taxiiType } from "../taxii/media-type";
import { type TaxiiOperation, type TaxiiOperationId, taxiiOperations, taxiiParameters } from "../taxii/operations";
import {
  apiRootShape,
  collectionShape,
  collectionsShape,
  discoveryShape,
  envelopeShape,
  manifestShape,
  taxiiErrorShape,
  versionsShape,
} from "../taxii/shape";
import { errorsOf } from "./errors-of";
import type { Collector } from "./openapi-collector";
import { rateHeaders, ref } from "./openapi-components";
import { refusals } from "./openapi-refusals";
import { parameterOf } from "./openapi-requests";

const answers: Readonly<Record<TaxiiOperationId, z.ZodType | null>> = {
  getTAXIIDiscovery: discoveryShape,
  getTAXIIDiscoveryUnderAPI: discoveryShape,
  getTAXIIAPIRoot: apiRootShape,
  getTAXIIStatus: null,
  listTAXIICollections: collectionsShape,
  getTAXIICollection: collectionShape,
  getTAXIIManifest: manifestShape,
  getTAXIIObjects: envelopeShape,
  addTAXIIObjects: null,
  getTAXIIObject: envelopeShape,
  deleteTAXIIObject: null,
  getTAXIIVersions: versionsShape,
};

type Described = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  responses: Record<string, object>;
  [rest: string]: unknown;
};

/** The TAXII API in the OpenAPI document, path by path. */
export function taxiiPaths(collector: Collector): Record<string, Record<string, Described>> {
  const paths: Record<string, Record<string, Described>> = {};
  for (const operation of taxiiOperations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation, collector) };
  }
  return paths;
}

function describe(operation: TaxiiOperation & { operationId: TaxiiOperationId }, collector: Collector): Described {
  const shape = answers[operation.operationId];
  const inPath = [...operation.path.matchAll(/:(\w+)/g)].map(([, name = ""]) =>
    parameterOf(
      { name, in: "path", required: true, field: collector.schemaOf(pathParameters[name] ?? z.string(), "input") },
      collector,
    ),
  );
  const inQuery = operation.parameters.map((name) =>
    parameterOf(
      { name, in: "query", required: false, field: collector.schemaOf(taxiiParameters[name], "input") },
      collector,
    ),
  );
  const parameters = [...inPath, ...inQuery];
  return {
    operationId: operation.operationId,
    tags: ["TAXII"],
    summary: operation.summary,
    description: operation.description,
    security: [{ BearerAuth: [] }, { TAXIIBasic: [] }, { ApiKeyHeader: [] }, { ApiKeyQuery: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: {
      ...(shape === null ? {} : { "200": answerOf(operation, shape, collector) }),
      ...refusalsOf(operation, collector),
    },
  };
}

const pathParameters: Readonly<Record<string, z.ZodType | undefined>> = {
  collection: z.string().meta({
    description: "The id of a collection, or one of its names.",
    example: "all",
    parameter: "TAXIICollection",
  }),
  object: z.string().meta({
    description: "The STIX id of an object.",
    example: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    parameter: "TAXIIObject",
  }),
  status: z.string().meta({ description: "The id of a status.", example: "2d086da7-4bdc-4f91-900e-d77486753710" }),
};

function answerOf({ offers, parameters }: TaxiiOperation, shape: z.ZodType, collector: Collector) {
  const content: Record<string, object> = { [taxiiType]: { schema: collector.schemaOf(shape, "input") } };
  if (offers.includes(stixType)) content[stixType] = { schema: collector.schemaOf(stixBundleShape, "input") };
  const times = { "X-TAXII-Date-Added-First": ref("DateAdded"), "X-TAXII-Date-Added-Last": ref("DateAdded") };
  return {
    description: "The answer.",
    headers: { ...rateHeaders, ...(parameters.length > 0 ? times : {}) },
    content,
  };
}

function refusalsOf({ access, method, path }: TaxiiOperation, collector: Collector) {
  const own = [
    "invalid_parameter" as const,
    ...(path.includes(":") ? (["not_found"] as const) : []),
    ...(method === "GET" ? [] : (["read_only_collection"] as const)),
    "not_acceptable" as const,
  ];
  const content = { [taxiiType]: { schema: collector.schemaOf(taxiiErrorShape, "input") } };
  return refusals(errorsOf({ access, rest: { errors: own } }), "TAXII", collector, () => content);
}
