import { describe, expect, it } from "vitest";
import { z } from "zod";
import { invalidInput } from "../errors";
import { lookupInput, lookupShape } from "./shape";

const problemOf = (query: object) => {
  const parsed = lookupInput.safeParse(query, { reportInput: true });
  return parsed.success ? null : invalidInput(parsed.error, "query").details;
};

describe("lookupInput", () => {
  it("reads ioc, and value as another name for it", () => {
    expect(lookupInput.parse({ ioc: "a.example" })).toEqual({ ioc: "a.example", type: null });
    expect(lookupInput.parse({ value: "a.example", type: "domain" })).toEqual({ ioc: "a.example", type: "domain" });
    expect(lookupInput.parse({ ioc: "a", value: "a" })).toEqual({ ioc: "a", type: null });
  });

  it("reads mitre-attack as mitre_attack", () => {
    expect(lookupInput.parse({ ioc: "T1059", type: "mitre-attack" }).type).toBe("mitre_attack");
  });

  it.each([
    [{}, "ioc", "is required"],
    [{ type: "domain" }, "ioc", "is required"],
    [{ ioc: "" }, "ioc", "is too short"],
    [{ ioc: "a.example", value: "b.example" }, "value", "differs from ioc, of which it is another name"],
    [{ ioc: "a.example", type: "hostname" }, "type", "is not one of the allowed values"],
    [{ ioc: ["a", "b"] }, "ioc", "has the wrong type"],
  ])("refuses %j by naming %s", (query, field, problem) => {
    expect(problemOf(query)).toMatchObject({ fields: [{ field, problem, allowed: expect.any(String) }] });
  });

  it("becomes JSON Schema, as OpenAPI needs it", () => {
    const input = z.toJSONSchema(lookupInput, { io: "input" });
    expect(Object.keys(input.properties ?? {})).toEqual(["ioc", "value", "type"]);
    expect(resolved(input, input.properties?.type)).toMatchObject({
      enum: expect.arrayContaining(["mitre-attack", "sha512"]),
    });
    const output = z.toJSONSchema(lookupShape);
    expect(resolved(output, output)).toMatchObject({ required: ["meta", "data"] });
  });
});

type Schema = z.core.JSONSchema.JSONSchema;

/** What a reference to a shape with an id of its own stands for. */
function resolved({ $defs = {} }: Schema, schema: Schema["not"]): Schema["not"] {
  const name = typeof schema === "object" ? schema.$ref?.replace("#/$defs/", "") : undefined;
  return name === undefined ? schema : $defs[name];
}
