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
const oneLine: Lines = { control: /\p{Cc}/u, allowed: "text on one line" };
const manyLines: Lines = { control: /[^\P{Cc}\n\t]/u, allowed: "text with line feeds and tabs" };

/** null for a text of which a database takes every character. */
function faultOfCharacters(text: string, { control, allowed }: Lines): Fault | null {
  if (control.test(text)) return { message: "holds a control character", allowed };
  if (!/\p{Cs}/u.test(text)) return null;
  return { message: "holds half of a surrogate pair", allowed: "well-formed Unicode text" };
}

/** A whole number that may come as the digits of a query string. */
export function queryInteger(min: number, max: number) {
  return z.preprocess(
    (value) => (typeof value === "string" && /^[0-9]{1,15}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );
}

/** Whether the text is a UUID of any version, in either case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
