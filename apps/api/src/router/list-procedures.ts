import type { Access } from "@tocsin/core/access";
import { z } from "zod";
import { schemaOf } from "./as-built";
import type { ProcedureMeta, RestRoute } from "./procedure";
import { appRouter } from "./router";

export type Procedure = {
  /** `keys.revoke` */
  name: string;
  type: "query" | "mutation";
  access: Access;
  rest: RestRoute | null;
  input: z.ZodType | null;
  output: z.ZodType;
};

export type RestProcedure = Procedure & { rest: RestRoute };

/** Every procedure of the router, as data. Throws for one without an access or an output. */
export function listProcedures(): Procedure[] {
  return Object.entries(appRouter._def.procedures as Record<string, unknown>).flatMap(([name, value]) =>
    read(name, value),
  );
}

export function restProcedures(): RestProcedure[] {
  return listProcedures().flatMap((procedure) => (procedure.rest ? [{ ...procedure, rest: procedure.rest }] : []));
}

function read(name: string, value: unknown): Procedure[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([inner, procedure]) => read(`${name}.${inner}`, procedure));
  }
  const { meta, inputs, type, ...definition } = (value as Definition)._def;
  const output = schemaOf(definition.output);
  if (!meta?.access) throw new Error(`${name} has no access`);
  if (!(output instanceof z.ZodType)) throw new Error(`${name} has no output`);
  const [input] = inputs;
  return [
    {
      name,
      type,
      access: meta.access,
      rest: meta.rest ?? null,
      input: input instanceof z.ZodType ? input : null,
      output,
    },
  ];
}

type Definition = {
  _def: { meta?: ProcedureMeta; inputs: unknown[]; output?: unknown; type: "query" | "mutation" };
};

/** The schema of what comes in, as JSON Schema: the names of its fields, and which are lists. */
export function inputSchema(procedure: Pick<Procedure, "input">): InputSchema {
  const schema = jsonSchemaOf(procedure);
  // One that has a name is only pointed to.
  const [, name] = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "") ?? [];
  return (name === undefined ? schema : schema.$defs?.[name]) as InputSchema;
}

/** The same whole, with the definitions that it points to. */
export function jsonSchemaOf({ input }: Pick<Procedure, "input">): z.core.JSONSchema.BaseSchema {
  return input ? z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) : { type: "object", properties: {} };
}

export type InputSchema = {
  type?: string;
  properties?: Record<string, Record<string, unknown>>;
  required?: string[];
};
