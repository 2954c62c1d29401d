import { AppError, fieldProblems } from "@tocsin/core/errors";
import { z } from "zod";
import { requireKnownFields } from "../wire/unknown-fields";

/** The body as its schema has it. Throws `invalid_parameter`, naming each field. */
export function parseBody<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  requireKnownFields(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), body);
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const fields = fieldProblems(parsed.error);
  throw new AppError("invalid_parameter", {
    message: fields.map((field) => `${field.field}: ${field.problem}`).join("; "),
    details: { fields },
  });
}
