// RFC 7643 section 4.1: User. RFC 7644 section 3.5.2: PATCH.
import { invalidInput } from "@tocsin/core/errors";
import { scimProblem, type UserChange } from "@tocsin/core/provisioning";
import { z } from "zod";

/** Entra sends booleans as text. */
const flag = z.union([
  z.boolean(),
  z
    .string()
    .max(5)
    .regex(/^(?:true|false)$/i)
    .transform((text) => text.toLowerCase() === "true"),
]);
const text = z.string().max(1_000);

/** What is stored of a user; whatever else a provider knows of somebody is passed over. */
const user = z.looseObject({
  userName: text.optional(),
  externalId: text.nullish(),
  displayName: text.nullish(),
  name: z.looseObject({ formatted: text.nullish(), givenName: text.nullish(), familyName: text.nullish() }).nullish(),
  active: flag.optional(),
});

export const operations = z.looseObject({
  Operations: z
    .array(
      z.looseObject({
        op: text.transform((op) => op.toLowerCase()).pipe(z.enum(["add", "replace", "remove"])),
        path: text.optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(1_000),
});
export type Operation = z.output<typeof operations>["Operations"][number];

export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw scimProblem("invalidValue", invalidInput(parsed.error).message);
}

/** What a whole user says. */
export function readUser(body: unknown): UserChange {
  const { userName, externalId, displayName, name, active } = parse(user, body);
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
  return { userName, externalId, active, name: displayName || name?.formatted || parts || undefined };
}

/** What the operations of a PATCH say together; the last word on an attribute counts. */
export function readUserPatch(body: unknown): UserChange {
  const said: Record<string, unknown> = {};
  for (const operation of parse(operations, body).Operations) Object.assign(said, saidBy(operation));
  const { "name.formatted": formatted, ...rest } = said;
  const change = readUser({ displayName: formatted, ...rest });
  // What is absent from the operations stays.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function saidBy({ op, path, value }: Operation): Record<string, unknown> {
  if (path === undefined) {
    if (op === "remove") throw scimProblem("invalidPath", "path: is missing where op is remove");
    if (typeof value !== "object" || value === null) throw scimProblem("invalidValue", "value: is no object");
    return { ...value };
  }
  const attribute = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:User:/i, "");
  const known = ["active", "displayName", "externalId", "userName", "name", "name.formatted"];
  const name = known.find((one) => one.toLowerCase() === attribute.toLowerCase());
  if (name === undefined) return {};
  if (op !== "remove") return { [name]: value };
  if (name === "userName" || name === "active") throw scimProblem("mutability", `path: ${name} cannot be removed`);
  return name === "externalId" ? { externalId: null } : {};
}
