import type { Prisma } from "@tocsin/db";
import type { Context } from "../context";
import { type GrantableRole, grantableRoles, type ProviderAnswer, type ProviderView, roleRules } from "./shape";

export const providerColumns = {
  id: true,
  workspaceId: true,
  joinWorkspaceId: true,
  joinWorkspace: { select: { slug: true } },
  name: true,
  issuer: true,
  clientId: true,
  secret: true,
  scopes: true,
  roleClaim: true,
  roleMap: true,
  defaultRole: true,
  enabled: true,
  required: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
  domains: { select: { domain: true, token: true, verifiedAt: true }, orderBy: { domain: "asc" } },
} as const satisfies Prisma.SsoProviderSelect;

export type ProviderRow = Prisma.SsoProviderGetPayload<{ select: typeof providerColumns }>;

/** What a sealed secret is bound to, so that it opens in no other row. */
export function sealedProvider(id: string): string {
  return `sso_provider ${id}`;
}

export function knownRole(text: string | null): GrantableRole | null {
  return grantableRoles.find((role) => role === text) ?? null;
}

/** Where the provider sends people back to (OpenID Connect Core 1.0 section 3.1.2.1, `redirect_uri`). */
export function callbackUrl({ publicUrl }: Pick<Context["instance"], "publicUrl">): string {
  return `${publicUrl}/api/sso/callback`;
}

export function toAnswer(ctx: Pick<Context, "instance">, row: ProviderRow | null): ProviderAnswer {
  return { data: row && toView(row), callback_url: callbackUrl(ctx.instance) };
}

function toView(row: ProviderRow): ProviderView {
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    client_id: row.clientId,
    scopes: row.scopes,
    role_claim: row.roleClaim,
    role_map: roleRules.parse(row.roleMap),
    default_role: knownRole(row.defaultRole),
    enabled: row.enabled,
    required: row.required,
    join_workspace: row.workspaceId === null ? (row.joinWorkspace?.slug ?? null) : null,
    domains: row.domains.map(({ domain, token, verifiedAt }) => ({
      domain,
      verified_at: verifiedAt?.toISOString() ?? null,
      record: row.workspaceId === null ? null : { name: recordName(domain), value: recordValue(token) },
    })),
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    updated_at: row.updatedAt.toISOString(),
  };
}

export function recordName(domain: string): string {
  return `_tocsin-verification.${domain}`;
}

export function recordValue(token: string): string {
  return `tocsin-verification=${token}`;
}
