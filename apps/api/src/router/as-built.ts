import type { z } from "zod";

/**
 * What a procedure answers, described by a schema that is not run over each answer: for what is asked for most, and is built
 * field by field where the schema's own type is checked. A test compares the answers with it.
 */
export function asBuilt<Shape extends z.ZodType>(schema: Shape) {
  return { schema, parse: (answer: unknown) => answer as z.output<Shape> };
}

/** The schema of an output, whether or not it is run. */
export function schemaOf(output: unknown): unknown {
  return typeof output === "object" && output !== null && "schema" in output ? output.schema : output;
}
