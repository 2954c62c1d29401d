import { Validator } from "@seriousme/openapi-schema-validator";
import { errorCatalog } from "@tocsin/core/errors";
import { describe, expect, it } from "vitest";
import { version } from "../process/version";
import { inputSchema } from "../router/list-procedures";
import { exampleOf, type JsonSchema } from "./examples";
import { buildOpenApi } from "./openapi";
import { restOperations } from "./operations";

const document = buildOpenApi({ instanceName: "Tocsin", publicUrl: "http://127.0.0.1:8080", version });
const text = `${JSON.stringify(document, null, 2)}\n`;

it("is what is committed (npx vitest run -u writes it)", async () => {
  await expect(text).toMatchFileSnapshot("../../openapi.json");
});

it("is valid OpenAPI", async () => {
  const result = await new Validator().validate(JSON.parse(text));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

it("names the operations of the contract", () => {
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
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

describe.each(restOperations().map((procedure) => [procedure.rest.operationId, procedure] as const))(
  "%s",
  (_id, procedure) => {
    it("shows an example that its own schema accepts", () => {
      const schema = (document.components as { schemas: Record<string, JsonSchema> }).schemas[
        `${procedure.rest.operationId}Answer`
      ];
      if (procedure.output === null) return expect(procedure.bodies[0]?.example).not.toBe("");
      const parsed = procedure.output.safeParse(exampleOf(schema ?? {}));
      expect(parsed.error?.issues ?? []).toEqual([]);
    });

    it("gives each parameter a description and an example", () => {
      const path = procedure.rest.path.replaceAll(/:(\w+)/g, "{$1}");
      const operation = document.paths[path]?.[procedure.rest.method.toLowerCase()];
      const parameters = (operation?.parameters ?? []) as { name: string; description: string; example: unknown }[];
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
