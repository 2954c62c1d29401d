// RFC 7644 section 3.4.2.2: filters, of which providers use one.
import { scimProblem } from "@tocsin/core/provisioning";

const equals = /^\s*([A-Za-z]{1,40})\s+eq\s+"((?:[^"\\]|\\.)*)"\s*$/i;
const longest = 1_000;

/** `userName eq "ada@acme.example"` with one of `fields`, whatever the case of its letters. Throws `invalid_parameter`. */
export function readFilter<F extends string>(
  text: string | undefined,
  fields: readonly F[],
): { field: F; value: string } | null {
  if (text === undefined || text.trim() === "") return null;
  const allowed = fields.map((field) => `${field} eq "…"`).join(", ");
  const found = text.length <= longest ? equals.exec(text) : null;
  const field = fields.find((one) => one.toLowerCase() === found?.[1]?.toLowerCase());
  if (!found || field === undefined) throw scimProblem("invalidFilter", `filter: is not one of ${allowed}`);
  return { field, value: unquote(found[2] ?? "") };
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(`"${quoted}"`));
  } catch {
    throw scimProblem("invalidFilter", "filter: its text is no JSON string");
  }
}
