// OpenAPI Specification 3.1.0.
import { type Access, plans } from "@tocsin/core/access";
import { AppError, type ErrorCode } from "@tocsin/core/errors";
import { z } from "zod";
import { inputSchema } from "../router/list-procedures";
import { errorBody } from "../wire/send-error";
import { descriptions } from "./descriptions";
import { errorsOf } from "./errors-of";
import { exampleOf, type JsonSchema } from "./examples";
import { answersOf } from "./openapi-answers";
import { components, rateHeaders, ref, tagDescriptions } from "./openapi-components";
import { taxiiPaths, taxiiSchemas } from "./openapi-taxii";
import { type RestOperation, restOperations } from "./operations";

export type About = { instanceName: string; publicUrl: string; version: string };
export type OpenApi = {
  openapi: string;
  info: object;
  paths: Record<string, Record<string, Operation>>;
  [rest: string]: unknown;
};
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  [rest: string]: unknown;
};

/** The REST door's description, made of the same schemas that check and shape what passes it. */
export function buildOpenApi(about: About): OpenApi {
  const all = restOperations();
  const paths: OpenApi["paths"] = {};
  const schemas: Record<string, JsonSchema> = {};
  for (const operation of all) {
    const path = operation.rest.path.replaceAll(/:(\w+)/g, "{$1}");
    const answer = `${operation.rest.operationId}Answer`;
    const schema =
      operation.output &&
      clean(z.toJSONSchema(operation.output, { io: "output", unrepresentable: "any" }) as JsonSchema);
    if (schema) schemas[answer] = schema;
    const operations = paths[path] ?? {};
    operations[operation.rest.method.toLowerCase()] = operationOf(operation, answer, schema);
    paths[path] = operations;
  }
  Object.assign(paths, taxiiPaths());
  const tags = [...new Set([...all.map(({ rest }) => rest.tag), "TAXII"])];
  return {
    openapi: "3.1.0",
    info: { title: about.instanceName, version: about.version, description: introduction() },
    servers: [{ url: about.publicUrl }],
    security: [],
    tags: tags.map((name) => ({ name, description: tagDescriptions[name] ?? name })),
    paths,
    components: { ...components, schemas: { ...components.schemas, ...taxiiSchemas, ...schemas } },
  };
}

function operationOf(operation: RestOperation, answer: string, schema: JsonSchema | null): Operation {
  const { rest, access } = operation;
  const { properties = {}, required = [] } = inputSchema(operation);
  const inPath = new Set([...rest.path.matchAll(/:(\w+)/g)].map((match) => match[1]));
  const fields = Object.entries(properties).filter(([name]) => !inPath.has(name));
  const isQuery = rest.method === "GET";
  const parameters = Object.entries(properties)
    .filter(([name]) => isQuery || inPath.has(name))
    .map(([name, field]) => parameterOf(name, field, inPath.has(name) ? "path" : "query", required.includes(name)));
  return {
    operationId: rest.operationId,
    tags: [rest.tag],
    summary: rest.summary,
    description: rest.description,
    security: securityOf[access.by],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(!isQuery && fields.length > 0 ? { requestBody: bodyOf(fields, required) } : {}),
    responses: { ...answersOf(operation, answer, schema), ...refusalsOf(operation) },
  };
}

const securityOf: Record<Access["by"], Record<string, string[]>[]> = {
  open: [],
  session: [{ CookieAuth: [] }],
  key: [{ BearerAuth: [] }, { ApiKeyHeader: [] }, { ApiKeyQuery: [] }],
  token: [{ ManagementToken: [] }],
};

function parameterOf(name: string, field: JsonSchema, where: "path" | "query", required: boolean) {
  const { description, example, ...schema } = field;
  return {
    name,
    in: where,
    required: where === "path" || required,
    description: description ?? descriptions[name] ?? name,
    schema,
    example: example ?? exampleOf(field, name),
  };
}

function bodyOf(fields: [string, JsonSchema][], required: string[]) {
  const names = fields.map(([name]) => name);
  const needed = required.filter((name) => names.includes(name));
  const schema = {
    type: "object",
    properties: Object.fromEntries(fields),
    ...(needed.length > 0 ? { required: needed } : {}),
  };
  const example = Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, name)]));
  return { required: needed.length > 0, content: { "application/json": { schema, example } } };
}

function refusalsOf(operation: RestOperation) {
  return Object.fromEntries(
    [...errorsOf(operation)].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\``).join(", "),
        headers: { ...rateHeaders, ...(status === 429 || status === 503 ? { "Retry-After": ref("RetryAfter") } : {}) },
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/Error" },
            examples: Object.fromEntries(codes.map((code) => [code, { value: exampleError(code) }])),
          },
        },
      },
    ]),
  );
}

function exampleError(code: ErrorCode) {
  const details = exampleDetails[code];
  return errorBody(new AppError(code, details ? { details } : {}), "req_5f2b8c1e9a7d4036b1c2d3e4");
}

const exampleDetails: Partial<Record<ErrorCode, Record<string, unknown>>> = {
  invalid_parameter: { fields: [{ field: "limit", problem: "is too large", allowed: "at most 10000" }] },
  insufficient_scope: { scope: "read:iocs" },
  insufficient_role: { role: "member", required_role: "admin" },
  rate_limit_exceeded: { window: "minute", limit: 1000, reset_at: "2026-11-21T09:31:00.000Z" },
};

function clean({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function introduction(): string {
  const rows = Object.entries(plans).map(
    ([tier, plan]) =>
      `| ${tier} | ${plan.requestsPerMinute} | ${plan.requestsPerDay} | ${plan.iocLookbackDays} | ${plan.resultsPerRequest} |`,
  );
  return [
    "Indicators of compromise from public feeds, for programs. Data endpoints take an API key; the endpoints that manage keys take the dashboard's session.",
    "Every answer names its request in `X-Request-Id` and what is left of the limits in `X-RateLimit-*`. Errors have one form: `{ error: { code, message, details?, request_id } }`.",
    [
      "| tier | requests a minute | requests a day | lookback in days | results a request |",
      "|---|---|---|---|---|",
      ...rows,
    ].join("\n"),
  ].join("\n\n");
}
