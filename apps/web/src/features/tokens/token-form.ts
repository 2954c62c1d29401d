import type { Inputs, Outputs } from "../../lib/trpc";

export type Token = Outputs["tokens"]["list"]["data"][number];
export type TokenScope = Token["scopes"][number];
export type TokenFormValues = { name: string; expires: string; scopes: TokenScope[]; allowedIps: string[] };

/** A token always ends, a year ahead at most. */
export const tokenExpiryChoices = [
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "180", label: "In 180 days" },
  { value: "365", label: "In a year" },
];

export const tokenScopeNotes = {
  "manage:keys:read": "List and read keys, not their secrets",
  "manage:keys:write": "Create, change, rotate and revoke keys",
  "manage:members": "Provision members by SCIM; only owners may give it",
} as const satisfies Record<TokenScope, string>;

/** What the form says, as the wire wants it. */
export function toTokenInput(values: TokenFormValues): Inputs["tokens"]["create"] {
  return {
    name: values.name.trim(),
    expires_in_days: Number(values.expires),
    scopes: values.scopes,
    ...(values.allowedIps.length > 0 ? { allowed_ips: values.allowedIps } : {}),
  };
}

/** A request to try a token with, as a line of a POSIX shell. */
export function tokenCurlLine(origin: string, secret: string): string {
  return `curl -H "Authorization: Bearer ${secret}" "${origin}/api/v1/manage/keys?limit=5"`;
}
