// OpenAPI Specification 3.1.0.
import { type Access, tiers } from "@tocsin/core/access";
import { answersOf } from "./openapi-answers";
import { type Collector, createCollector, type JsonSchema, nameOf } from "./openapi-collector";
import { components, tagDescriptions } from "./openapi-components";
import { refusalsOf } from "./openapi-refusals";
import { requestOf } from "./openapi-requests";
import { taxiiPaths } from "./openapi-taxii";
import { type RestOperation, restOperations } from "./operations";

export type About = { instanceName: string; publicUrl: string; version: string };
export type OpenApi = {
  openapi: string;
  info: object;
  paths: Record<string, Record<string, Operation>>;
  components: object;
  [rest: string]: unknown;
};
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  responses: Record<string, object>;
  [rest: string]: unknown;
};

/** The API's description, made of the same schemas that check and shape what passes. */
export function buildOpenApi(about: About): OpenApi {
  const all = restOperations();
  const collector = createCollector();
  const paths: OpenApi["paths"] = {};
  for (const operation of all) {
    const path = operation.rest.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.rest.method.toLowerCase()]: operationOf(operation, collector) };
  }
  Object.assign(paths, taxiiPaths(collector));
  shareAnswers(paths, collector);
  const tags = [...new Set([...all.map(({ rest }) => rest.tag), "TAXII"])];
  return {
    openapi: "3.1.0",
    info: { title: about.instanceName, version: about.version, description: introduction() },
    servers: [{ url: about.publicUrl }],
    security: [],
    tags: tags.map((name) => ({ name, description: tagDescriptions[name] ?? name })),
    paths,
    components: { ...components, ...collector.parts },
  };
}

type Answer = { content?: Record<string, { schema?: JsonSchema }> };

/** An answer that several operations give is a component with the name of its schema; with its status, where another has that. */
function shareAnswers(paths: OpenApi["paths"], collector: Collector): void {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const answers = operations.flatMap(({ responses }) =>
    Object.entries(responses)
      .filter(([, answer]) => !("$ref" in answer))
      .map(([status, answer]) => ({ responses, status, answer, text: JSON.stringify(answer) })),
  );
  const texts = answers.map(({ text }) => text);
  const repeated = new Set(texts.filter((text, n) => texts.indexOf(text) < n));
  const named = new Map<string, string>();
  for (const { responses, status, answer, text } of answers.filter((one) => repeated.has(one.text))) {
    const [content] = Object.values((answer as Answer).content ?? {});
    const { $ref } = content?.schema ?? {};
    if (typeof $ref !== "string") continue;
    const name = nameOf($ref);
    const first = named.get(name) ?? text;
    named.set(name, first);
    responses[status] = collector.keep("responses", first === text ? name : `${name}${status}`, answer);
  }
}

function operationOf(operation: RestOperation, collector: Collector): Operation {
  const { rest, access } = operation;
  return {
    operationId: rest.operationId,
    tags: [rest.tag],
    summary: rest.summary,
    description: rest.description,
    security: securityOf[access.by],
    ...requestOf(operation, collector),
    responses: { ...answersOf(operation, collector), ...refusalsOf(operation, collector) },
  };
}

const securityOf: Record<Access["by"], Record<string, string[]>[]> = {
  open: [],
  session: [{ CookieAuth: [] }],
  key: [{ BearerAuth: [] }, { ApiKeyHeader: [] }, { ApiKeyQuery: [] }],
  token: [{ ManagementToken: [] }],
};

function introduction(): string {
  const rows = Object.values(tiers).map(
    (tier) =>
      `| ${tier.name} | ${tier.requestsPerMinute} | ${tier.requestsPerDay} | ${tier.iocLookbackDays} | ${tier.resultsPerRequest} |`,
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
