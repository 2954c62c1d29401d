// OpenAPI Specification 3.1.0: schemas are JSON Schema 2020-12.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { buildOpenApi } from "../reference/openapi";
import { type Ref, resolve } from "../reference/openapi-collector";

type Answer = { headers?: object; content?: Record<string, object> };
type Documented = {
  method: string;
  path: string;
  pattern: RegExp;
  /** Fixed paths are looked for before those with parameters. */
  parameters: number;
  responses: Record<string, Answer | Ref>;
};

const document = buildOpenApi({ instanceName: "Tocsin", publicUrl: "http://127.0.0.1:8080", version: "0.0.0" });
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "openapi");
const operations = readOperations();
const validators = new Map<string, ValidateFunction>();
const always = ["x-request-id", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

/** Whatever the app is asked through `inject` from now on must be answered as its OpenAPI document says. */
export function checkAnswers(app: FastifyInstance): void {
  const inject = app.inject.bind(app);
  app.inject = (async (options: InjectOptions | string) => {
    const response = await inject(options);
    const { method = "GET", url = "" } = typeof options === "string" ? { url: options } : options;
    const problem = typeof url === "string" ? findProblem(method.toUpperCase(), url, response) : null;
    if (problem !== null) throw new Error(`${method} ${String(url).slice(0, 200)}: ${problem}`);
    return response;
  }) as FastifyInstance["inject"];
}

/** What an answer has that the document does not say; null where there is nothing, or no such operation. */
export function findProblem(method: string, url: string, response: LightMyRequestResponse): string | null {
  const path = url.split("?", 1)[0] ?? "";
  const operation = operations.find(
    (one) => one.method === (method === "HEAD" ? "GET" : method) && one.pattern.test(path),
  );
  if (!operation) return null;
  const status = String(response.statusCode);
  const documented = operation.responses[status];
  if (!documented) return `the status ${status} is not documented: ${response.body.slice(0, 300)}`;
  const answer = resolve(documented, document.components);
  const missing = always.filter((name) => response.headers[name] === undefined);
  if (missing.length > 0) return `${status} lacks ${missing.join(", ")}`;
  // A compressed answer is read by the test that asked for it.
  if (method === "HEAD" || response.body === "" || response.headers["content-encoding"] !== undefined) return null;
  const type = String(response.headers["content-type"]).split(";", 1)[0] ?? "";
  const named = Object.keys(answer.content ?? {}).find((one) => one.split(";", 1)[0] === type);
  if (named === undefined) return `the content type ${type} of status ${status} is not documented`;
  if (!/[/+]json$/.test(type)) return null;
  const place = "$ref" in documented ? documented.$ref.slice(2) : pointerOf(operation, status);
  return findMismatch(`${place}/content/${pointerPart(named)}/schema`, status, response);
}

function pointerOf({ path, method }: Documented, status: string): string {
  return ["paths", path, method.toLowerCase(), "responses", status].map(pointerPart).join("/");
}

/** A part of a JSON pointer within a URL. */
function pointerPart(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function findMismatch(pointer: string, status: string, response: LightMyRequestResponse): string | null {
  const validate = validatorOf(pointer);
  if (validate(response.json())) return null;
  return `${status} is not as documented: ${ajv.errorsText(validate.errors?.slice(0, 5))}: ${response.body.slice(0, 500)}`;
}

function validatorOf(pointer: string): ValidateFunction {
  const known = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#/${pointer}` });
  validators.set(pointer, known);
  return known;
}

function readOperations(): Documented[] {
  return Object.entries(document.paths)
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        path,
        pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
        parameters: path.split("{").length,
        responses: responses as Documented["responses"],
      })),
    )
    .sort((a, b) => a.parameters - b.parameters);
}
