import { z } from "zod";
import { manageScopes } from "../access";
import { plainText } from "../errors";
import { cidrText, maxAllowedIps } from "../keys";
import { longestId } from "../values";

export const tokenStatuses = ["active", "expired", "revoked"] as const;
export type TokenStatus = (typeof tokenStatuses)[number];

/** Tokens of one workspace that work at the same time. */
export const maxTokens = 50;
export const maxTokenDays = 365;

const time = z.iso.datetime();

/** The token as the wire shows it; its secret is not part of it. */
export const tokenShape = z.object({
  id: z.uuid(),
  name: z.string(),
  token_prefix: z.string(),
  scopes: z.array(z.enum(manageScopes)),
  allowed_ips: z.array(z.string()).nullable(),
  created_at: time,
  created_by: z.string(),
  expires_at: time,
  revoked_at: time.nullable(),
  revoked_by: z.string().nullable(),
  last_used_at: time.nullable(),
  status: z.enum(tokenStatuses),
});
export type Token = z.infer<typeof tokenShape>;

export const tokenListShape = z.object({ data: z.array(tokenShape), meta: z.object({ total: z.int() }) });
export type TokenList = z.infer<typeof tokenListShape>;

export const createdTokenShape = z.object({
  data: tokenShape.extend({ token: z.string() }),
  meta: z.object({ warning: z.string() }),
});
export type CreatedToken = z.infer<typeof createdTokenShape>;

export const createTokenInput = z
  .object({
    name: plainText({ min: 1, max: 100 }),
    scopes: z.array(z.enum(manageScopes)).min(1).max(100),
    expires_in_days: z.int().min(1).max(maxTokenDays),
    allowed_ips: z.array(cidrText()).max(maxAllowedIps).nullish(),
  })
  .transform((body) => ({
    name: body.name,
    scopes: manageScopes.filter((scope) => body.scopes.includes(scope)),
    expiresInDays: body.expires_in_days,
    allowedIps: [...new Set(body.allowed_ips ?? [])],
  }));
export type CreateTokenInput = z.output<typeof createTokenInput>;

export const revokeTokenInput = z
  .object({ token_id: z.string().max(longestId).meta({ format: "uuid" }) })
  .transform((body) => ({ tokenId: body.token_id }));
export type RevokeTokenInput = z.output<typeof revokeTokenInput>;

/** The columns of a token that its wire shape needs. */
export type TokenRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  allowedIps: string[];
  createdAt: Date;
  createdBy: string;
  expiresAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
  lastUsedAt: Date | null;
};

export const tokenColumns = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  allowedIps: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  revokedAt: true,
  revokedBy: true,
  lastUsedAt: true,
} as const satisfies Record<keyof TokenRow, true>;

export function toToken(row: TokenRow, now: Date): Token {
  return {
    id: row.id,
    name: row.name,
    token_prefix: row.prefix,
    scopes: manageScopes.filter((scope) => row.scopes.includes(scope)),
    allowed_ips: row.allowedIps.length > 0 ? row.allowedIps : null,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    expires_at: row.expiresAt.toISOString(),
    revoked_at: row.revokedAt?.toISOString() ?? null,
    revoked_by: row.revokedBy,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    status: row.revokedAt ? "revoked" : row.expiresAt <= now ? "expired" : "active",
  };
}
