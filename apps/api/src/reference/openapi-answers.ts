import type { z } from "zod";
import { exampleOf } from "./examples";
import { type Collector, type JsonSchema, resolve } from "./openapi-collector";
import { ageHeaders, rateHeaders, ref } from "./openapi-components";
import type { RestOperation } from "./operations";

const file = { schema: { type: "string" } };

/** What `format=` makes of an answer, beside JSON. */
const fileTypes: Record<string, readonly string[] | undefined> = {
  listIOCs: ["text/csv", "text/plain", "application/x-ndjson"],
  listArticles: ["text/csv", "application/x-ndjson"],
  listAuditEvents: ["text/csv", "application/x-ndjson"],
  listSightings: ["application/stix+json"],
  getAPIKeyUsage: ["text/csv"],
  getWorkspaceUsage: ["text/csv"],
};

/** The answers of an operation that succeeds, by status. */
export function answersOf(operation: RestOperation, collector: Collector) {
  const status = String(operation.rest.status ?? 200);
  if (operation.output !== null) return { [status]: jsonAnswerOf(operation.rest, operation.output, collector) };
  if (operation.bodies.some(({ type }) => type === "text/event-stream")) return { [status]: streamAnswerOf(operation) };
  return { [status]: fileAnswerOf(operation, collector), "304": collector.keep("responses", "NotModified", unchanged) };
}

function fileAnswerOf({ bodies, pages }: RestOperation, collector: Collector) {
  const headers = {
    ...rateHeaders,
    ...(pages ? { "X-Next-Cursor": ref("NextCursor") } : {}),
    "Content-Disposition": ref("ContentDisposition"),
    ETag: ref("ETag"),
    "Last-Modified": ref("LastModified"),
  };
  const content = bodies.map(({ type, example, shape }) => [
    type,
    shape ? { schema: collector.schemaOf(shape, "input"), example: JSON.parse(example) } : { ...file, example },
  ]);
  return { description: "The document.", headers, content: Object.fromEntries(content) };
}

/** Events have no end, and so no mark to keep them under. */
function streamAnswerOf({ bodies }: RestOperation) {
  const content = Object.fromEntries(bodies.map(({ type, example }) => [type, { ...file, example }]));
  return { description: "The events, as they come.", headers: rateHeaders, content };
}

const unchanged = {
  description: "The client has the document as it is: `If-None-Match` or `If-Modified-Since` says so.",
  headers: { ...rateHeaders, ETag: ref("ETag") },
};

function jsonAnswerOf({ operationId, precomputed }: RestOperation["rest"], output: z.ZodType, collector: Collector) {
  const schema = collector.schemaOf(output, "output");
  const json = { schema, example: exampleOf(schema, collector.parts) };
  const files = fileTypes[operationId] ?? [];
  return {
    description: "The answer.",
    headers: {
      ...rateHeaders,
      ...(precomputed ? ageHeaders : {}),
      ...(hasCursor(schema, collector) ? { "X-Next-Cursor": ref("NextCursor") } : {}),
      ...(files.length > 0 ? { "Content-Disposition": ref("ContentDisposition") } : {}),
    },
    content: { "application/json": json, ...Object.fromEntries(files.map((type) => [type, file])) },
    ...(operationId === "createAPIKey" ? { links: linksOfKey } : {}),
  };
}

function hasCursor(schema: JsonSchema, { parts }: Collector): boolean {
  const { properties = {} } = resolve(schema, parts) as Properties;
  return (
    properties.meta !== undefined && "next_cursor" in ((resolve(properties.meta, parts) as Properties).properties ?? {})
  );
}

type Properties = { properties?: Record<string, JsonSchema> };

const linksOfKey = Object.fromEntries(
  ["getAPIKey", "getAPIKeyUsage", "updateAPIKey", "rotateAPIKey", "revokeAPIKey"].map((operationId) => [
    operationId,
    { operationId, parameters: { keyId: "$response.body#/data/id" } },
  ]),
);
