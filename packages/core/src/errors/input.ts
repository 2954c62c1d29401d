import { z } from "zod";

type Text = { min?: number; max: number; multiline?: true };

/**
 * Text from outside: trimmed, its length counted in characters (code points, as JSON Schema counts), without control
 * characters (line feeds and tabs pass where it is `multiline`) and without lone surrogates, which no database takes.
 */
export function plainText({ min = 0, max, multiline }: Text) {
  const control = multiline ? /[^\P{Cc}\n\t]/u : /\p{Cc}/u;
  return z
    .string()
    .transform((text) => (multiline ? text.replaceAll("\r\n", "\n") : text).trim())
    .pipe(
      z
        .string()
        .meta({ ...(min > 0 ? { minLength: min } : {}), maxLength: max })
        .check((payload) => {
          const { value, issues } = payload;
          const range = min > 0 ? `${min} to ${max} characters` : `at most ${max} characters`;
          const refuse = (message: string, allowed: string) =>
            issues.push({ code: "custom", message, params: { allowed }, input: value });
          const length = value.length > 2 * max ? value.length : [...value].length;
          if (length < min) refuse(value === "" ? "is empty" : "is too short", range);
          else if (length > max) refuse("is too long", range);
          else if (control.test(value))
            refuse("holds a control character", multiline ? "text with line feeds and tabs" : "text on one line");
          else if (/\p{Cs}/u.test(value)) refuse("holds half of a surrogate pair", "well-formed Unicode text");
        }),
    );
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
