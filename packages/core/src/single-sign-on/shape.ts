import { z } from "zod";
import { roles } from "../access";
import { plainText } from "../errors";

/** What a provider may make of somebody: owners are made by owners alone. */
export const grantableRoles = roles.filter((role) => role !== "owner");
const grantable = z.enum(grantableRoles);
export type GrantableRole = z.output<typeof grantable>;

const domainName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

const domain = z
  .string()
  .max(253)
  .overwrite((text) => text.trim().toLowerCase())
  .regex(domainName, { error: "is no domain such as company.example" })
  .meta({ description: "A domain of e-mail addresses, without the part before the @.", example: "company.example" });

/** RFC 6749 section 3.3: scopes are separated by spaces. */
const scopeList = z
  .string()
  .max(400)
  .overwrite((text) => text.trim())
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}(?: [\x21\x23-\x5b\x5d-\x7e]{1,100}){0,20}$/, {
    error: "is no list of scopes, separated by spaces",
  })
  .refine((text) => text.split(" ").includes("openid"), { error: "lacks the scope openid" });

const rule = z.strictObject({
  value: plainText({ min: 1, max: 200 }).meta({ description: "A value of the role claim.", example: "tocsin-admins" }),
  role: grantable.meta({ description: "The role of whoever has it.", example: "admin" }),
});
export type RoleRule = z.output<typeof rule>;
export const roleRules = z.array(rule).max(50);

const fields = {
  name: plainText({ min: 1, max: 100 }).meta({ description: "What the sign-in page calls it.", example: "Keycloak" }),
  issuer: plainText({ min: 1, max: 500 }).meta({
    description: "The issuer, as the provider's discovery document has it.",
    example: "https://login.company.example/realms/main",
  }),
  client_id: plainText({ min: 1, max: 400 }).meta({ description: "The client's id at the provider." }),
  scopes: scopeList.default("openid email profile").meta({ description: "The scopes that are asked for." }),
  role_claim: plainText({ max: 200 }).nullable().default(null).meta({
    description: "The claim that roles follow from; dots lead into objects. Null: roles are given here.",
    example: "groups",
  }),
  role_map: roleRules.default([]).meta({ description: "Roles by value of the claim; the first that fits counts." }),
  default_role: grantable
    .nullable()
    .default("analyst")
    .meta({ description: "The role where nothing fits. Null: nobody gets in without a fitting value." }),
  enabled: z.boolean().default(true).meta({ description: "Whether people may sign in by it." }),
  required: z
    .boolean()
    .default(false)
    .meta({ description: "Whether nobody but a break-glass operator gets in by another way." }),
};

export const saveProviderInput = z.strictObject({
  ...fields,
  client_secret: z
    .string()
    .max(2_000)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, { error: "holds a control character" })
    .default("")
    .meta({ description: "Never answered back. Empty keeps the one that is stored." }),
  domains: z.array(domain).min(1).max(20).meta({ description: "Whose e-mail addresses sign in by it." }),
  join_workspace: plainText({ max: 100 })
    .nullable()
    .default(null)
    .meta({ description: "Of the instance's provider: the slug of the workspace that people join. Null: none." }),
});
export type SaveProviderInput = z.output<typeof saveProviderInput>;

export const verifyDomainInput = z.strictObject({ domain });

/** A provider, without its secret. */
export const providerShape = z.object({
  ...fields,
  id: z.uuid(),
  join_workspace: z.string().nullable(),
  domains: z.array(
    z.object({
      domain: z.string(),
      verified_at: z.iso.datetime().nullable(),
      /** The TXT record that proves the domain; null where none is asked for. */
      record: z.object({ name: z.string(), value: z.string() }).nullable(),
    }),
  ),
  created_at: z.iso.datetime(),
  created_by: z.string(),
  updated_at: z.iso.datetime(),
});
export type ProviderView = z.output<typeof providerShape>;

export const providerAnswerShape = z.object({
  data: providerShape.nullable(),
  /** What the provider is to be told as the client's redirect URI. */
  callback_url: z.string(),
});
export type ProviderAnswer = z.output<typeof providerAnswerShape>;
