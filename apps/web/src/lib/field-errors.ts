import { problemOf } from "./problem";

/**
 * The server's notes on fields as a form wants them: `names` maps the server's names to the form's. `allowed_ips[2]`
 * counts as `allowed_ips`. What belongs to no field of the form is left out, for an alert to show.
 */
export function fieldErrors<F extends string>(error: unknown, names: Record<string, F>): Partial<Record<F, string>> {
  const found: Partial<Record<F, string>> = {};
  for (const note of problemOf(error).fields) {
    const field = names[note.field.replace(/[[.].*$/, "")];
    if (field === undefined || found[field] !== undefined) continue;
    found[field] = `This ${note.problem}${note.allowed ? `; allowed: ${note.allowed}` : ""}`;
  }
  return found;
}
