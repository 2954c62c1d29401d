import { exampleOf } from "./examples";
import type { Collector, JsonSchema, Ref } from "./openapi-collector";
import type { RestOperation } from "./operations";

export type Parameter = {
  name: string;
  in: "path" | "query";
  required: boolean;
  description: unknown;
  schema: JsonSchema;
  example: unknown;
};

/** What a request brings, out of the schema that checks it: in the path, in the query of a GET, in the body of another. */
export function requestOf({ rest: route, input }: RestOperation, collector: Collector) {
  if (!input) return {};
  const { name, schema } = collector.rootOf(input, "input");
  const { properties = {}, required = [], ...rest } = schema as InputSchema;
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const isQuery = route.method === "GET";
  const fields = Object.entries(properties);
  const parameters = fields
    .filter(([name]) => isQuery || inPath.has(name))
    .map(([name, field]) => {
      const where = inPath.has(name) ? "path" : "query";
      return parameterOf({ name, in: where, required: where === "path" || required.includes(name), field }, collector);
    });
  const inBody = isQuery ? [] : fields.filter(([name]) => !inPath.has(name));
  const needed = required.filter((field) => !inPath.has(field));
  return {
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(inBody.length > 0
      ? { requestBody: bodyOf({ ...rest, properties: Object.fromEntries(inBody), required: needed }, name, collector) }
      : {}),
  };
}

type InputSchema = { properties?: Record<string, JsonSchema>; required?: string[]; [keyword: string]: unknown };

/** A parameter out of the schema of its field; one with a `parameter` name is a component. */
export function parameterOf(
  { field, ...where }: Pick<Parameter, "name" | "in" | "required"> & { field: JsonSchema },
  collector: Collector,
): Parameter | Ref {
  const { description, example, parameter, ...schema } = field;
  const shown = example ?? exampleOf(field, collector.parts, where.name);
  const made = { ...where, description, schema, example: shown };
  return typeof parameter === "string" ? collector.keep("parameters", parameter, made) : made;
}

function bodyOf({ required = [], example, ...rest }: InputSchema, name: string | null, collector: Collector) {
  const schema = { ...rest, ...(required.length > 0 ? { required } : {}) };
  const named = name === null ? schema : collector.keep("schemas", name, schema);
  const shown = example ?? exampleOf(schema, collector.parts, "the body");
  return { required: required.length > 0, content: { "application/json": { schema: named, example: shown } } };
}
