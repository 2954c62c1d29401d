import { describe, expect, it } from "vitest";
import { z } from "zod";
import { acceptInput } from "../accounts/invitation";
import { setupInput } from "../accounts/setup";
import { inputSchema, listProcedures } from "../router/list-procedures";
import { restOperations } from "./operations";

type Schema = Readonly<Record<string, unknown>>;

/** Texts without a longest length, and lists without a longest one, by where they are. */
function unbounded(schema: Schema, at: string, parts: Readonly<Record<string, Schema>>): string[] {
  if (typeof schema.$ref === "string") return unbounded(parts[schema.$ref.split("/").at(-1) ?? ""] ?? {}, at, parts);
  const own = ownBounds(schema) ? [] : [`${at} may be as long as anybody likes`];
  const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const inner = ["items", "additionalProperties", "propertyNames"].flatMap((key) => {
    const part = schema[key];
    return typeof part === "object" && part !== null ? [[key, part as Schema] as const] : [];
  });
  const choices = ["anyOf", "oneOf", "allOf", "prefixItems"].flatMap((key) => (schema[key] ?? []) as Schema[]);
  return [
    ...own,
    ...members.flatMap(([name, part]) => unbounded(part, `${at}.${name}`, parts)),
    ...inner.flatMap(([key, part]) => unbounded(part, `${at}[${key}]`, parts)),
    ...choices.flatMap((part) => unbounded(part, at, parts)),
  ];
}

function ownBounds(schema: Schema): boolean {
  if (schema.type === "array") return typeof schema.maxItems === "number" || Array.isArray(schema.prefixItems);
  if (schema.type !== "string") return Object.keys(schema).length > 0;
  const bounded = typeof schema.maxLength === "number" || "enum" in schema || "const" in schema;
  return bounded || (typeof schema.pattern === "string" && !/(?<!\\)[*+]|\{[0-9]+,\}/.test(schema.pattern));
}

const procedures = listProcedures().filter(({ input }) => input !== null);
const documents = restOperations().filter(({ input }) => input !== null);

describe("texts of a request", () => {
  it.each(procedures)("$name bounds them all", (procedure) => {
    const schema = inputSchema(procedure);
    const { $defs } = z.toJSONSchema(procedure.input ?? z.null(), { io: "input", unrepresentable: "any" });
    expect(unbounded(schema, procedure.name, ($defs ?? {}) as Record<string, Schema>)).toEqual([]);
  });

  it.each(documents)("$name bounds them all as an operation", ({ name, input }) => {
    const schema = z.toJSONSchema(input ?? z.null(), { io: "input", unrepresentable: "any" });
    expect(unbounded(schema, name, (schema.$defs ?? {}) as Record<string, Schema>)).toEqual([]);
  });

  it.each([
    ["set-up", setupInput],
    ["an accepted invitation", acceptInput],
  ])("%s bounds them all", (name, input) => {
    expect(unbounded(z.toJSONSchema(input, { io: "input" }), name, {})).toEqual([]);
  });

  it("are told apart from those without a bound", () => {
    const schema = z.toJSONSchema(z.object({ a: z.string(), b: z.array(z.string().max(1)), c: z.string().max(1) }));
    expect(unbounded(schema, "x", {})).toEqual([
      "x.a may be as long as anybody likes",
      "x.b may be as long as anybody likes",
    ]);
  });
});
