import { formerRole, roles } from "@tocsin/core/access";
import { invalidInput, plainText } from "@tocsin/core/errors";
import { z } from "zod";
import { checkText } from "../wire/check-text";

const name = plainText({ min: 1, max: 100 });
const picture = z
  .url({ protocol: /^https$/ })
  .max(2_048)
  .nullish();

/** One role: better-auth would take several, in a list or in one text. */
const role = z.enum([...roles, formerRole]);

/** What people call themselves and their workspaces, wherever better-auth takes it: in a body, or in its `data`. */
const fields = z.looseObject({
  name: name.optional(),
  slug: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/, "is not a slug")
    .optional(),
  image: picture,
  logo: picture,
  role: role.optional(),
});
const body = fields.extend({ data: fields.optional() });

/**
 * Refuses a body of `/api/auth` whose texts no database or nobody's eyes should hold: NUL, halves of characters, names that
 * are long, of several lines or turned around, pictures from anywhere but https. Throws `invalid_parameter`.
 */
export function requireGoodFields(given: unknown): void {
  checkText(given);
  if (typeof given !== "object" || given === null || Array.isArray(given)) return;
  const parsed = body.safeParse(given);
  if (!parsed.success) throw invalidInput(parsed.error);
}
