import { AppError } from "@tocsin/core/errors";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { requireKnownFields } from "./unknown-fields";

const schema = z.toJSONSchema(
  z.object({
    name: z.string(),
    scopes: z.array(z.string()).nullish(),
    rules: z.array(z.object({ value: z.string() })),
    labels: z.record(z.string(), z.string()),
    target: z.union([z.object({ url: z.string() }), z.object({ host: z.string() })]).meta({ id: "Target" }),
  }),
);

function problemsOf(body: unknown) {
  try {
    requireKnownFields(schema, body);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fields = (error.details?.fields ?? []) as { field: string; problem: string }[];
    return fields.map(({ field, problem }) => [field, problem]);
  }
}

describe("a body", () => {
  it("passes with the fields that there are, at any depth", () => {
    const body = {
      name: "a",
      scopes: null,
      rules: [{ value: "x" }],
      labels: { anything: "goes" },
      target: { host: "a.example" },
    };
    expect(problemsOf(body)).toEqual([]);
  });

  it("is refused with each field that there is not, and the name that is meant", () => {
    expect(
      problemsOf({ scope: [], rules: [{ value: "x" }, { vlaue: "y" }], target: { port: 1 }, colour: "red" }),
    ).toEqual([
      ["scope", "is not known here; did you mean scopes?"],
      ["rules[1].vlaue", "is not known here; did you mean value?"],
      ["target.port", "is not known here"],
      ["colour", "is not known here"],
    ]);
  });
});
