import { Validator } from "@seriousme/openapi-schema-validator";
import { errorCatalog } from "@tocsin/core/errors";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { version } from "../process/version";
import { inputSchema } from "../router/list-procedures";
import { buildOpenApi } from "./openapi";
import { type JsonSchema, type Ref, resolve } from "./openapi-collector";
import { restOperations } from "./operations";

const document = buildOpenApi({ instanceName: "Tocsin", publicUrl: "http://127.0.0.1:8080", version });
const text = `${JSON.stringify(document, null, 2)}\n`;
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

it("is what is committed (npx vitest run -u writes it)", async () => {
  await expect(text).toMatchFileSnapshot("../../openapi.json");
});

it("is valid OpenAPI", async () => {
  const result = await new Validator().validate(JSON.parse(text));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

it("names the operations of the contract", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids).toEqual(
    expect.arrayContaining([
      "listAPIKeys",
      "createAPIKey",
      "getAPIKey",
      "getAPIKeyUsage",
      "revokeAPIKey",
      "listIOCs",
      "searchIOCs",
      "lookupIOC",
      "exportSTIX",
      "exportMISP",
      "exportCEF",
      "exportOpenIOC",
      "generateSigmaRules",
    ]),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

describe("what it says of things", () => {
  it("describes every field, every parameter and every named schema", () => {
    const undescribed = partsOf(document)
      .filter(({ kind, part }) => kind !== "inline" && !hasText(resolve(part, document.components).description))
      .map(({ at }) => at);
    expect(undescribed).toEqual([]);
  });

  it("says what the items of every list are", () => {
    const lists = partsOf(document).filter(({ part }) => [part.type].flat().includes("array"));
    expect(lists.length).toBeGreaterThan(50);
    expect(lists.filter(({ part }) => part.items === undefined).map(({ at }) => at)).toEqual([]);
  });

  it("writes what may be one of several as a union, not as a list of types", () => {
    const types = (part: JsonSchema) => [part.type].flat().filter((type) => type !== "null");
    const mixed = partsOf(document).filter(({ part }) => types(part).length > 1);
    expect(mixed.map(({ at }) => at)).toEqual([]);
  });

  it("keeps what is repeated once, as a component", () => {
    const pieces = [
      ...operations.flatMap(({ parameters = [] }) => parameters as object[]),
      ...operations.flatMap(({ responses }) => Object.values(responses as object)),
      ...partsOf(document).flatMap(({ part }) => (fieldsOf(part).length > 1 ? [part] : [])),
    ].filter((piece) => !("$ref" in piece));
    const counts = new Map<string, number>();
    for (const piece of pieces.map((one) => JSON.stringify(one))) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 1).map(([piece]) => piece.slice(0, 200))).toEqual([]);
  });
});

describe("examples", () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  const examples = examplesOf(document);

  it.each(examples.map((one) => [one.at, one] as const))("of %s are as the schema beside them", (_at, one) => {
    const validate = ajv.compile({ $ref: `openapi#${one.pointer}` });
    validate(one.value);
    expect(validate.errors ?? []).toEqual([]);
  });
});

describe.each(restOperations().map((procedure) => [procedure.rest.operationId, procedure] as const))(
  "%s",
  (_id, procedure) => {
    it("shows an answer that the API itself could give", () => {
      const operation = operations.find(({ operationId }) => operationId === procedure.rest.operationId);
      const found = operation?.responses[String(procedure.rest.status ?? 200)] as Answer | Ref;
      const { content } = resolve(found, document.components);
      if (procedure.output === null) return expect(procedure.bodies[0]?.example).not.toBe("");
      const parsed = procedure.output.safeParse(content["application/json"]?.example);
      expect(parsed.error?.issues ?? []).toEqual([]);
    });

    it("gives each parameter a description and an example", () => {
      const path = procedure.rest.path.replaceAll(/:(\w+)/g, "{$1}");
      const operation = document.paths[path]?.[procedure.rest.method.toLowerCase()];
      const parameters = ((operation?.parameters ?? []) as (Parameter | Ref)[]).map((one) =>
        resolve(one, document.components),
      );
      for (const parameter of parameters) {
        expect(parameter.example, parameter.name).toBeDefined();
        expect(parameter.description, parameter.name).not.toBe("");
      }
      const expected =
        procedure.rest.method === "GET"
          ? Object.keys(inputSchema(procedure).properties ?? {}).length
          : parameters.length;
      expect(parameters).toHaveLength(expected);
    });

    it("names only errors of the catalog", () => {
      expect(Object.keys(errorCatalog)).toEqual(expect.arrayContaining([...(procedure.rest.errors ?? [])]));
    });
  },
);

type Answer = { content: Record<string, { example: unknown }> };
type Parameter = { name: string; description: string; example: unknown };
type Part = { at: string; kind: "field" | "parameter" | "named" | "inline"; part: JsonSchema };

/** Everything in the document that has a meaning of its own: schemas wherever they stand, and parameters. */
function partsOf(of: { paths: object; components: object }): Part[] {
  const parts: Part[] = [];
  const { schemas = {} } = of.components as { schemas?: Record<string, JsonSchema> };
  for (const [name, part] of Object.entries(schemas)) walkSchema(part, name, "named", parts);
  walk(of.paths, "", parts);
  walk({ ...of.components, schemas: {} }, "", parts);
  return parts;
}

/** Finds what is no schema in itself: objects with a schema, and parameters. */
function walk(value: unknown, at: string, parts: Part[]): void {
  if (typeof value !== "object" || value === null) return;
  const { schema, ...rest } = value as { schema?: JsonSchema; in?: string };
  if (schema) walkSchema(schema, at, "inline", parts);
  if (typeof rest.in === "string" && schema) parts.push({ at, kind: "parameter", part: rest });
  for (const [key, inner] of Object.entries(rest)) if (!/^examples?$/.test(key)) walk(inner, `${at}/${key}`, parts);
}

function walkSchema(part: JsonSchema, at: string, kind: Part["kind"], parts: Part[]): void {
  parts.push({ at, kind, part });
  for (const [name, field] of fieldsOf(part)) walkSchema(field, `${at}.${name}`, "field", parts);
  for (const keyword of ["items", "additionalProperties"]) {
    const inner = part[keyword];
    if (typeof inner === "object" && inner !== null) walkSchema(inner as JsonSchema, `${at}[]`, "inline", parts);
  }
  for (const option of [part.anyOf, part.oneOf, part.allOf].flatMap((options) => (options ?? []) as JsonSchema[])) {
    walkSchema(option, `${at}|`, "inline", parts);
  }
}

function fieldsOf({ properties }: JsonSchema): [string, JsonSchema][] {
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>);
}

function hasText(description: unknown): boolean {
  return typeof description === "string" && /^\S.*[^\s:]$/s.test(description);
}

/** Every example of a body or a parameter, with the place of its schema as a JSON pointer within a URL. */
function examplesOf(of: typeof document): { at: string; pointer: string; value: unknown }[] {
  const found: { at: string; pointer: string; value: unknown }[] = [];
  const visit = (value: unknown, path: readonly string[], at: string) => {
    if (typeof value !== "object" || value === null) return;
    const { operationId } = value as Record<string, unknown>;
    const here = typeof operationId === "string" ? operationId : at;
    const pointer = `/${[...path, "schema"].map(pointerPart).join("/")}`;
    const name = `${here} ${path.slice(3).join(" ")}`.trim();
    for (const one of examplesBeside(value, name, of.components)) found.push({ ...one, pointer });
    for (const [key, inner] of Object.entries(value)) {
      if (!/^(?:schema|examples?)$/.test(key)) visit(inner, [...path, key], here);
    }
  };
  visit(of.paths, ["paths"], "");
  const { parameters = {}, responses = {}, headers = {} } = of.components as Record<string, object | undefined>;
  visit(parameters, ["components", "parameters"], "parameters");
  visit(responses, ["components", "responses"], "responses");
  visit(headers, ["components", "headers"], "headers");
  return found;
}

/** The examples of the schema that an object has, if it has one. */
function examplesBeside(
  { schema, example, examples }: { schema?: unknown; example?: unknown; examples?: object },
  name: string,
  components: typeof document.components,
): { at: string; value: unknown }[] {
  if (!schema) return [];
  const named = Object.entries(examples ?? {}).map(([code, one]: [string, { value: unknown } | Ref]) => ({
    at: `${name} ${code}`,
    value: resolve(one, components).value,
  }));
  return example === undefined ? named : [{ at: name, value: example }, ...named];
}

function pointerPart(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
