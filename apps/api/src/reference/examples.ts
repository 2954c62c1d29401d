import { type JsonSchema, resolve } from "./openapi-collector";

/** An example that fits the schema, put together of its fields' own. Throws for a field that has none. */
export function exampleOf(part: JsonSchema, components: object, at = "the answer"): unknown {
  const schema = resolve(part, components);
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const [option] = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[];
  if (option) return exampleOf(option, components, at);
  if (schema.type === "array") return [exampleOf(schema.items as JsonSchema, components, `${at}[]`)];
  if (schema.type === "object") {
    const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, components, `${at}.${name}`)]));
  }
  if (schema.type === "boolean") return true;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  throw new Error(`${at} has no example`);
}
