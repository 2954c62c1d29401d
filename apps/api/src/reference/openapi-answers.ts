import { exampleOf, type JsonSchema } from "./examples";
import { ageHeaders, rateHeaders, ref } from "./openapi-components";
import type { RestOperation } from "./operations";

const file = { schema: { type: "string" } };

/** What `format=` makes of an answer, beside JSON. */
const fileTypes: Record<string, readonly string[] | undefined> = {
  listIOCs: ["text/csv", "text/plain", "application/x-ndjson"],
  listArticles: ["text/csv", "application/x-ndjson"],
  listAuditEvents: ["text/csv", "application/x-ndjson"],
  getAPIKeyUsage: ["text/csv"],
  getWorkspaceUsage: ["text/csv"],
};

/** The answers of an operation that succeeds, by status; `schema` is named `answer`, and null where a file comes. */
export function answersOf(operation: RestOperation, answer: string, schema: JsonSchema | null) {
  const status = String(operation.rest.status ?? 200);
  if (schema === null) return { [status]: fileAnswerOf(operation), "304": unchanged };
  return { [status]: jsonAnswerOf(operation.rest, answer, schema) };
}

function fileAnswerOf({ bodies, pages }: RestOperation) {
  const headers = {
    ...rateHeaders,
    ...(pages ? { "X-Next-Cursor": ref("NextCursor") } : {}),
    "Content-Disposition": ref("ContentDisposition"),
    ETag: ref("ETag"),
    "Last-Modified": ref("LastModified"),
  };
  const content = bodies.map(({ type, example }) => [
    type,
    /json/.test(type) ? jsonBody(example) : { ...file, example },
  ]);
  return { description: "The document.", headers, content: Object.fromEntries(content) };
}

function jsonBody(example: string) {
  return { schema: { type: ["object", "array"] }, example: JSON.parse(example) };
}

const unchanged = {
  description: "The client has the document as it is: `If-None-Match` or `If-Modified-Since` says so.",
  headers: { ...rateHeaders, ETag: ref("ETag") },
};

function jsonAnswerOf({ operationId, precomputed }: RestOperation["rest"], answer: string, schema: JsonSchema) {
  const json = { schema: { $ref: `#/components/schemas/${answer}` }, example: exampleOf(schema) };
  const files = fileTypes[operationId] ?? [];
  return {
    description: "The answer.",
    headers: {
      ...rateHeaders,
      ...(precomputed ? ageHeaders : {}),
      ...(hasCursor(schema) ? { "X-Next-Cursor": ref("NextCursor") } : {}),
      ...(files.length > 0 ? { "Content-Disposition": ref("ContentDisposition") } : {}),
    },
    content: { "application/json": json, ...Object.fromEntries(files.map((type) => [type, file])) },
    ...(operationId === "createAPIKey" ? { links: linksOfKey } : {}),
  };
}

function hasCursor({ properties }: JsonSchema): boolean {
  const { meta } = (properties ?? {}) as Record<string, JsonSchema | undefined>;
  return typeof meta?.properties === "object" && meta.properties !== null && "next_cursor" in meta.properties;
}

const linksOfKey = Object.fromEntries(
  ["getAPIKey", "getAPIKeyUsage", "updateAPIKey", "rotateAPIKey", "revokeAPIKey"].map((operationId) => [
    operationId,
    { operationId, parameters: { keyId: "$response.body#/data/id" } },
  ]),
);
