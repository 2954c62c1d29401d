import { requireOperator, requireRight } from "../access";
import type { Context } from "../context";
import { AppError } from "../errors";
import { unseal } from "../outbound";
import type { Person, ProviderOf } from "./owner";
import { type ProviderRow, providerColumns, sealedProvider, toAnswer } from "./provider-row";
import type { ProviderAnswer } from "./shape";

/** The provider of the caller's workspace, or the instance's; `data` is null where there is none. */
export async function getProvider(ctx: Person, of: ProviderOf): Promise<ProviderAnswer> {
  return toAnswer(ctx, await findRow(ctx, of));
}

async function findRow(ctx: Person, of: ProviderOf): Promise<ProviderRow | null> {
  if (of === "instance") requireOperator(ctx.caller);
  else requireRight(ctx.caller, "workspace:write");
  const workspaceId = of === "instance" ? null : ctx.caller.workspaceId;
  return ctx.db.ssoProvider.findFirst({ where: { workspaceId }, select: providerColumns });
}

/** A provider with what a sign-in by it needs; `secret` is open. */
export type SignInProvider = Pick<
  ProviderRow,
  | "id"
  | "workspaceId"
  | "joinWorkspaceId"
  | "name"
  | "issuer"
  | "clientId"
  | "scopes"
  | "roleClaim"
  | "roleMap"
  | "defaultRole"
> & { secret: string; domains: string[] };

/** The stored provider, to be tried. Throws `not_found` where there is none. */
export async function getProviderToTest(ctx: Person, of: ProviderOf): Promise<SignInProvider> {
  const row = await findRow(ctx, of);
  if (!row) throw new AppError("not_found");
  return opened(ctx, row);
}

/** The provider with this id, if people may sign in by it. */
export async function findProvider(ctx: Pick<Context, "db" | "peppers">, id: string): Promise<SignInProvider | null> {
  const row = await ctx.db.ssoProvider.findFirst({ where: { id, enabled: true }, select: providerColumns });
  return row && opened(ctx, row);
}

/**
 * By which provider the people of an e-mail domain sign in: the instance's where it is required or no workspace has
 * proved the domain; null where there is none.
 */
export async function findProviderOf(
  ctx: Pick<Context, "db" | "peppers">,
  domain: string,
): Promise<SignInProvider | null> {
  const rows = await ctx.db.ssoProvider.findMany({
    where: { enabled: true, domains: { some: { domain } } },
    select: providerColumns,
  });
  const instance = rows.find(({ workspaceId }) => workspaceId === null);
  const workspace = rows.find((row) => row.workspaceId !== null && provedDomains(row).includes(domain));
  const row = instance?.required ? instance : (workspace ?? instance);
  return row ? opened(ctx, row) : null;
}

/** What the operator says of the instance's provider needs no proof. */
function provedDomains({ workspaceId, domains }: ProviderRow): string[] {
  return domains.flatMap(({ domain, verifiedAt }) => (workspaceId === null || verifiedAt ? [domain] : []));
}

function opened(ctx: Pick<Context, "peppers">, row: ProviderRow): SignInProvider {
  const secret = unseal(ctx, row.secret, sealedProvider(row.id));
  if (secret === null) {
    throw new AppError("service_unavailable", {
      message:
        "The client secret was stored under another TOCSIN_SECRET. Set it again, or name that one in TOCSIN_PREVIOUS_SECRETS.",
    });
  }
  return { ...row, secret, domains: provedDomains(row) };
}
