import { z } from "zod";

export type JsonSchema = { [keyword: string]: unknown };
export type Ref = { $ref: string };
type Kind = "schemas" | "parameters" | "responses" | "examples";

type Root = { name: string | null; schema: JsonSchema };

/** The repeated parts of a document, each kept once under its name while the document is put together. */
export type Collector = ReturnType<typeof createCollector>;

export function createCollector() {
  const parts: Record<Kind, Record<string, object>> = { schemas: {}, parameters: {}, responses: {}, examples: {} };

  /** Keeps a part and answers a reference to it. Throws for another part of the same name. */
  function keep(kind: Kind, name: string, part: object): Ref {
    const known = parts[kind][name];
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(part)) {
      throw new Error(`two different ${kind} are called ${name}`);
    }
    parts[kind][name] = part;
    return { $ref: `#/components/${kind}/${name}` };
  }

  // One shape of errors stands in every operation: to convert it each time took a third of all the time.
  const roots = { input: new Map<z.ZodType, Root>(), output: new Map<z.ZodType, Root>() };

  /** The zod schema as JSON Schema and its name, if it has one; what else has an `id` in it becomes a component. */
  function rootOf(schema: z.ZodType, io: "input" | "output"): Root {
    const known = roots[io].get(schema) ?? convert(schema, io);
    roots[io].set(schema, known);
    return known;
  }

  function convert(schema: z.ZodType, io: "input" | "output"): Root {
    const { $schema: _, $defs = {}, ...root } = pointed(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
    const name = typeof root.$ref === "string" ? nameOf(root.$ref) : null;
    for (const [id, part] of Object.entries($defs)) if (id !== name) keep("schemas", id, part);
    return { name, schema: (name === null ? undefined : $defs[name]) ?? root };
  }

  /** The zod schema as JSON Schema, or a reference to it where it has an `id`. */
  function schemaOf(shape: z.ZodType, io: "input" | "output"): JsonSchema | Ref {
    const { name, schema } = rootOf(shape, io);
    return name === null ? schema : keep("schemas", name, schema);
  }

  return { parts, keep, rootOf, schemaOf };
}

const inComponents = "#/components/schemas/";

/** zod points into `$defs` of each schema; a document has one place for all. */
function pointed(schema: object): JsonSchema & { $defs?: Record<string, JsonSchema> } {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === "$ref" && typeof value === "string" ? value.replace("#/$defs/", inComponents) : value,
  );
}

/** The name of the component that a reference stands for. */
export function nameOf($ref: string): string {
  return $ref.slice($ref.lastIndexOf("/") + 1);
}

/** What a reference stands for, with what is said beside it; anything else as it is. */
export function resolve<Part extends object>(part: Part | Ref, components: object): Part {
  if (!("$ref" in part) || typeof part.$ref !== "string") return part as Part;
  const { $ref, ...beside } = part;
  const found = $ref
    .replace("#/components/", "")
    .split("/")
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], components);
  if (typeof found !== "object" || found === null) throw new Error(`${$ref} is not in the document`);
  return { ...resolve(found as Part | Ref, components), ...beside };
}
