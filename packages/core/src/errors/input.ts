import { z } from "zod";

type Text = { min?: number; max: number; multiline?: true };

/**
 * Text from outside: trimmed, its length counted in characters (code points, as JSON Schema counts), without control
 * characters (line feeds and tabs pass where it is `multiline`) and without lone surrogates, which no database takes.
 */
export function plainText({ min = 0, max, multiline }: Text) {
  const lines = multiline ? manyLines : oneLine;
  return z
    .string()
    .overwrite((text) => (multiline ? text.replaceAll("\r\n", "\n") : text).trim())
    .check(({ value, issues }) => {
      const fault = faultOfLength(value, min, max) ?? faultOfCharacters(value, lines);
      if (fault === null) return;
      const { message, allowed } = fault;
      issues.push({ code: "custom", message, params: { allowed }, input: value });
    })
    .meta({ ...(min > 0 ? { minLength: min } : {}), maxLength: max });
}

type Fault = { message: string; allowed: string };

/** null for a text that is neither too short nor too long. */
function faultOfLength(text: string, min: number, max: number): Fault | null {
  // Two code units are one character at the most, so that a text of more need not be counted.
  const length = text.length > 2 * max ? text.length : [...text].length;
  const allowed = min > 0 ? `${min} to ${max} characters` : `at most ${max} characters`;
  if (length < min) return { message: text === "" ? "is empty" : "is too short", allowed };
  return length > max ? { message: "is too long", allowed } : null;
}

type Lines = { readonly control: RegExp; readonly allowed: string };
// With the marks that turn the direction of what follows: a name with one reads as another.
const oneLine: Lines = { control: /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u, allowed: "text on one line" };
const manyLines: Lines = {
  control: /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u,
  allowed: "text with line feeds and tabs",
};

/** null for a text of which a database takes every character. */
function faultOfCharacters(text: string, { control, allowed }: Lines): Fault | null {
  if (control.test(text)) return { message: "holds a control character", allowed };
  if (!/\p{Cs}/u.test(text)) return null;
  return { message: "holds half of a surrogate pair", allowed: "well-formed Unicode text" };
}

/** A whole number that may come as the digits of a query string; what is refused names the whole range. */
export function queryInteger(min: number, max: number) {
  return z.preprocess(readInteger(min, max), z.int().min(min).max(max));
}

/** The same, or `all`. */
export function queryIntegerOrAll(min: number, max: number) {
  const read = readInteger(min, max, ", or all");
  return z.preprocess(
    (value, ctx) => (value === "all" ? value : read(value, ctx)),
    z.union([z.int().min(min).max(max), z.literal("all")]),
  );
}

/** Digits as the number that they are, and anything else as it came; says what is wrong with a number of the wrong size. */
function readInteger(min: number, max: number, more = "") {
  return (value: unknown, ctx: z.core.$RefinementCtx): unknown => {
    const read = typeof value === "string" && /^-?[0-9]{1,15}$/.test(value) ? Number(value) : value;
    if (read === undefined) return read;
    const fault = faultOfInteger(read, min, max);
    if (fault === null) return read;
    ctx.issues.push({ code: "custom", message: fault, params: { allowed: `${min} to ${max}${more}` }, input: value });
    return z.NEVER;
  };
}

function faultOfInteger(value: unknown, min: number, max: number): string | null {
  if (typeof value !== "number" || !Number.isInteger(value)) return "is not a whole number";
  if (value < min) return "is too small";
  return value > max ? "is too large" : null;
}

/** Of a body that has the fields of one thing, `value` among them, or a list of such things: a check that it has one of both. */
export function oneOrMany(list: string, noun: string) {
  return ({ value, issues }: z.core.ParsePayload<Record<string, unknown>>): void => {
    const given = Object.keys(value).filter((name) => name !== list);
    const isOne = value[list] === undefined;
    if (isOne ? value.value !== undefined : given.length === 0) return;
    issues.push({
      code: "custom",
      message: isOne ? "is required" : `does not go with the fields of one ${noun}`,
      params: { allowed: `the fields of one ${noun}, or \`${list}\`` },
      path: [isOne ? "value" : list],
      input: value,
    });
  };
}

/** Whether the text is a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
