import { z } from "zod";
import type { Ask, RestRequest } from "./ask";
import { defuse } from "./defuse";

/** A tool as it is listed, and what runs it. */
export type Tool = {
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema: JsonObject;
  /** Whether it changes nothing. */
  readonly reads: boolean;
  /** Throws a ZodError for another input, a `RefusedError` for what REST refuses. */
  readonly run: (input: unknown, ask: Ask) => Promise<Record<string, unknown>>;
};

type JsonObject = { type: "object"; [key: string]: unknown };

/** A tool that stands for one request of the REST API and answers what `output` leaves of its answer. */
export function tool<Input extends z.ZodObject, Output extends z.ZodObject>(of: {
  title: string;
  description: string;
  input: Input;
  output: Output;
  /** False of what writes. */
  reads?: false;
  request: (input: z.output<Input>) => RestRequest;
  /** What to read of the REST answer; its `data` where this is absent. */
  read?: (answer: z.output<typeof envelope>, input: z.output<Input>) => unknown;
}): Tool {
  const { title, description, input, output, request, read = (answer) => answer.data } = of;
  return {
    title,
    description,
    inputSchema: schemaOf(input, "input"),
    outputSchema: schemaOf(output, "output"),
    reads: of.reads ?? true,
    run: async (raw, ask) => {
      const given = input.parse(raw ?? {});
      const answer = envelope.parse(await ask(request(given)));
      return z.record(z.string(), z.unknown()).parse(defuse(output.parse(read(answer, given))));
    },
  };
}

const envelope = z.object({ data: z.unknown(), meta: z.unknown().optional() });

/** For agents: without examples, which cost them as much as what they need. Output fields are named well enough. */
function schemaOf(shape: z.ZodObject, io: "input" | "output"): JsonObject {
  const bare = bareOf(z.toJSONSchema(shape, { io, reused: "inline" }), io === "input");
  return { ...bare, type: "object" };
}

const idle = new Set(["example", "examples", "id", "parameter", "$schema"]);

function bareOf(schema: unknown, described: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema ?? {})
      .filter(
        ([key, value]) => !((idle.has(key) || (key === "description" && !described)) && typeof value !== "object"),
      )
      .map(([key, value]) => [key, strip(value, described)]),
  );
}

function strip(value: unknown, described: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, described));
  return typeof value === "object" && value !== null ? bareOf(value, described) : value;
}
