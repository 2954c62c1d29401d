import { type FieldProblem, invalidParameter } from "@tocsin/core/errors";
import { nearestName } from "./nearest-name";

/** As much of a JSON Schema as says which fields an object may have. */
type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};

const mostReported = 10;

/**
 * Throws `invalid_parameter` for the fields of a body that `schema` does not name, each with the nearest name that it
 * does: one that is misspelt would otherwise be left out without a word, and make a key that may do more than was meant.
 */
export function requireKnownFields(schema: object, body: unknown): void {
  const problems: FieldProblem[] = [];
  collect(schema, schema, body, "", problems);
  const [first, ...others] = problems;
  if (first) throw invalidParameter(first, ...others);
}

function collect(root: Schema, schema: Schema, value: unknown, place: string, problems: FieldProblem[]): void {
  if (typeof value !== "object" || value === null) return;
  const shapes = shapesOf(root, schema);
  if (Array.isArray(value)) collectItems(root, shapes, value, place, problems);
  else if (!shapes.some(isOpen)) collectMembers(root, shapes, value, place, problems);
}

function collectMembers(root: Schema, shapes: Schema[], value: object, place: string, problems: FieldProblem[]): void {
  const known = new Map(shapes.flatMap(({ properties }) => Object.entries(properties ?? {})));
  if (known.size === 0) return;
  for (const [name, inner] of Object.entries(value)) {
    if (problems.length === mostReported) return;
    const field = place === "" ? name : `${place}.${name}`;
    const next = known.get(name);
    if (next) collect(root, next, inner, field, problems);
    else problems.push(unknown(field.slice(0, 200), name, [...known.keys()]));
  }
}

function collectItems(
  root: Schema,
  shapes: Schema[],
  values: unknown[],
  place: string,
  problems: FieldProblem[],
): void {
  const items = shapes.find((shape) => shape.items)?.items;
  if (!items || !hasNames(root, items)) return;
  for (const [at, item] of values.entries()) collect(root, items, item, `${place}[${at}]`, problems);
}

/** A record, whose names are anybody's. */
function isOpen({ additionalProperties, properties }: Schema): boolean {
  return properties === undefined && typeof additionalProperties === "object";
}

function hasNames(root: Schema, schema: Schema): boolean {
  return shapesOf(root, schema).some(({ properties, items }) => properties !== undefined || items !== undefined);
}

/** A schema and all that it stands for or is made of. */
function shapesOf(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > 8) return [];
  const [, name] = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "") ?? [];
  const target = name === undefined ? undefined : root.$defs?.[name];
  const parts = [
    ...(target ? [target] : []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  return [schema, ...parts.flatMap((part) => shapesOf(root, part, depth + 1))];
}

function unknown(field: string, name: string, known: readonly string[]): FieldProblem {
  const nearest = nearestName(name, known);
  const problem = nearest === null ? "is not known here" : `is not known here; did you mean ${nearest}?`;
  return { field, problem, allowed: known.join(", ") };
}
