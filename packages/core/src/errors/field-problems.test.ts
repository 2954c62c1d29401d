import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createKeyInput, listKeysInput } from "../keys";
import { fieldProblems, invalidInput } from "./field-problems";

const problems = (schema: z.ZodType, value: unknown) => {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : fieldProblems(parsed.error, "query");
};

describe("fieldProblems", () => {
  it.each<[string, z.ZodType, unknown, object]>([
    ["absent", z.object({ name: z.string() }), {}, { field: "name", problem: "is required", allowed: "text" }],
    [
      "wrong type",
      z.object({ n: z.int() }),
      { n: "x" },
      { field: "n", problem: "has the wrong type", allowed: "a number" },
    ],
    [
      "not whole",
      z.object({ n: z.int() }),
      { n: 1.5 },
      { field: "n", problem: "has the wrong type", allowed: "a whole number" },
    ],
    [
      "wrong type, with a range",
      z.object({ n: z.int().min(1).max(365) }),
      { n: "x" },
      { field: "n", problem: "has the wrong type", allowed: "a whole number, 1 to 365" },
    ],
    [
      "wrong type, with half a range",
      z.object({ n: z.number().min(0) }),
      { n: null },
      { field: "n", problem: "has the wrong type", allowed: "a number, at least 0" },
    ],
    [
      "not listed",
      z.object({ f: z.enum(["a", "b"]) }),
      { f: "c" },
      { field: "f", problem: "is not one of the allowed values", allowed: "a, b" },
    ],
    [
      "small",
      z.object({ n: z.int().min(2) }),
      { n: 1 },
      { field: "n", problem: "is too small", allowed: "at least 2" },
    ],
    ["large", z.object({ n: z.int().max(2) }), { n: 3 }, { field: "n", problem: "is too large", allowed: "at most 2" }],
    [
      "long",
      z.object({ s: z.string().max(2) }),
      { s: "abc" },
      { field: "s", problem: "is too long", allowed: "at most 2 characters" },
    ],
    [
      "many",
      z.object({ l: z.array(z.int()).max(1) }),
      { l: [1, 2] },
      { field: "l", problem: "is too large", allowed: "at most 1 entries" },
    ],
    [
      "no UUID",
      z.object({ id: z.uuid() }),
      { id: "x" },
      { field: "id", problem: "is not in the right format", allowed: "a UUID" },
    ],
    [
      "no time",
      z.object({ t: z.iso.datetime() }),
      { t: "now" },
      { field: "t", problem: "is not in the right format", allowed: "an ISO 8601 time such as 2026-01-31T09:30:00Z" },
    ],
    ["unknown field", z.strictObject({}), { x: 1 }, { field: "x", problem: "is not known" }],
    [
      "deep",
      z.object({ a: z.array(z.object({ b: z.int() })) }),
      { a: [{ b: 1 }, {}] },
      { field: "a[1].b", problem: "is required", allowed: "a number" },
    ],
    ["the whole input", z.object({}), null, { field: "query", problem: "has the wrong type", allowed: "an object" }],
    [
      "a union, by its nearest shape",
      z.object({ u: z.union([z.object({ a: z.int(), b: z.int() }), z.object({ c: z.int() })]) }),
      { u: {} },
      { field: "u.c", problem: "is required", allowed: "a number" },
    ],
  ])("%s", (_, schema, value, expected) => {
    expect(problems(schema, value)).toEqual([expected]);
  });

  it("names every wrong field of a request for a key", () => {
    const wrong = {
      name: " ",
      expires_in_days: 366,
      scopes: ["read:iocs", "write"],
      allowed_ips: ["192.0.2.0/24", "home"],
    };
    expect(problems(createKeyInput, wrong)).toEqual([
      { field: "name", problem: "is empty", allowed: "1 to 100 characters" },
      { field: "expires_in_days", problem: "is too large", allowed: "at most 365" },
      {
        field: "scopes[1]",
        problem: "is not one of the allowed values",
        allowed: expect.stringContaining("read:articles:export"),
      },
      {
        field: "allowed_ips[1]",
        problem: "is not an address or network",
        allowed: expect.stringContaining("2001:db8::/32"),
      },
    ]);
  });

  it("says why text is refused", () => {
    const name = (text: unknown) => problems(createKeyInput, { name: text })[0];
    expect(name("x".repeat(101))).toMatchObject({ problem: "is too long" });
    expect(name("a\u0000b")).toMatchObject({ problem: "holds a control character" });
    expect(name("a\nb")).toMatchObject({ problem: "holds a control character" });
    expect(name("invoice\u202efdp.exe")).toMatchObject({ problem: "holds a control character" });
    expect(name("שלום مرحبا")).toBeUndefined();
    expect(name("a\ud800")).toMatchObject({ problem: "holds half of a surrogate pair" });
    expect(name("🔑".repeat(100))).toBeUndefined();
    expect(createKeyInput.parse({ name: "  SIEM  " }).name).toBe("SIEM");
  });

  it("reads numbers from a query string, and only whole ones in their range", () => {
    expect(listKeysInput.parse({ limit: "25" }).limit).toBe(25);
    expect(listKeysInput.parse(undefined).limit).toBe(1_000);
    for (const limit of ["0", "1001", "-1", "1.5", "1e2", " 5", "", "x", ["1", "2"]]) {
      expect(problems(listKeysInput, { limit })).toEqual([
        {
          field: "limit",
          problem: expect.stringMatching(/^is (?:not a whole number|too small|too large)$/),
          allowed: "1 to 1000",
        },
      ]);
    }
  });

  it("becomes the error that transports answer", () => {
    const parsed = z.object({ n: z.int().max(2) }).safeParse({ n: 3 });
    if (parsed.success) throw new Error("not refused");
    expect(invalidInput(parsed.error)).toMatchObject({
      code: "invalid_parameter",
      message: "n: is too large; allowed: at most 2",
      details: { fields: [{ field: "n", problem: "is too large", allowed: "at most 2" }] },
    });
  });
});
