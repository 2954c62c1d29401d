import { randomBytes, randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { appendEvent } from "../audit";
import { AppError, invalidParameter } from "../errors";
import { seal, targetProblem } from "../outbound";
import { ownerOf, type Person, type ProviderOf } from "./owner";
import { type ProviderRow, providerColumns, sealedProvider, toAnswer } from "./provider-row";
import type { ProviderAnswer, SaveProviderInput } from "./shape";

type Tx = Prisma.TransactionClient;

/** Whether providers may be at addresses that are not on the open internet, and at http://. */
export type ProviderReach = { privateProviders: boolean };

/**
 * Makes the one provider, or changes it; an empty secret keeps the stored one as long as the issuer stays. Another issuer
 * or client forgets whom the one before knew. Sessions that the change concerns end. Throws `insufficient_role`,
 * `invalid_parameter`.
 */
export async function saveProvider(
  ctx: Person,
  of: ProviderOf,
  input: SaveProviderInput,
  { privateProviders }: ProviderReach,
): Promise<ProviderAnswer> {
  const workspaceId = ownerOf(ctx, of);
  const problem = issuerProblem(input.issuer, privateProviders);
  if (problem) throw invalidParameter({ field: "issuer", problem });
  return ctx.db.$transaction(async (tx) => {
    // Of two at once, the second changes what the first has made.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`tocsin provider ${workspaceId}`}))`;
    const before = await tx.ssoProvider.findFirst({ where: { workspaceId }, select: providerColumns });
    const id = before?.id ?? randomUUID();
    const data = {
      ...columnsOf(input),
      secret: secretOf(ctx, id, before, input),
      joinWorkspaceId: workspaceId ?? (await joinedBy(tx, input.join_workspace)),
      updatedAt: ctx.now(),
    };
    await tx.ssoProvider.upsert({
      where: { id },
      create: { ...data, id, workspaceId, createdAt: ctx.now(), createdBy: ctx.caller.name },
      update: data,
      select: { id: true },
    });
    await syncDomains(tx, id, input.domains);
    const moved = before !== null && (before.issuer !== input.issuer || before.clientId !== input.client_id);
    if (moved) await tx.ssoIdentity.deleteMany({ where: { providerId: id } });
    if (moved || !input.enabled) await tx.session.deleteMany({ where: { ssoProviderId: id } });
    await enforce(tx, workspaceId, id, input.enabled && input.required);
    const row = await tx.ssoProvider.findUniqueOrThrow({ where: { id }, select: providerColumns });
    const target = { type: "provider", id, name: row.name };
    await appendEvent(ctx, { action: "sso.save", workspaceId, target, details: auditDetails(row, input) }, tx);
    return toAnswer(ctx, row);
  });
}

/** Removes the provider and ends its sessions. Throws `not_found` where there is none. */
export async function removeProvider(ctx: Person, of: ProviderOf): Promise<{ success: true }> {
  const workspaceId = ownerOf(ctx, of);
  await ctx.db.$transaction(async (tx) => {
    const row = await tx.ssoProvider.findFirst({ where: { workspaceId }, select: { id: true, name: true } });
    if (!row) throw new AppError("not_found");
    await tx.session.deleteMany({ where: { ssoProviderId: row.id } });
    await tx.ssoProvider.deleteMany({ where: { id: row.id } });
    await enforce(tx, workspaceId, row.id, false);
    await appendEvent(ctx, { action: "sso.remove", workspaceId, target: { type: "provider", ...row } }, tx);
  });
  return { success: true };
}

/** Single sign-on only: of a workspace each request asks its row; of the instance, sessions of passwords end now. */
async function enforce(tx: Tx, workspaceId: string | null, id: string, required: boolean): Promise<void> {
  if (workspaceId !== null) {
    const requiredProviderId = required ? id : null;
    await tx.workspace.update({ where: { id: workspaceId }, data: { requiredProviderId }, select: { id: true } });
  } else if (required) {
    await tx.session.deleteMany({
      where: { user: { operator: false }, OR: [{ ssoProviderId: null }, { ssoProviderId: { not: id } }] },
    });
  }
}

function issuerProblem(issuer: string, privateTargets: boolean): string | null {
  const problem = targetProblem(issuer, { privateTargets });
  if (problem) return problem;
  const { search, hash } = new URL(issuer);
  // OpenID Connect Discovery 1.0 section 4.1.
  return search !== "" || hash !== "" ? "must hold neither ? nor #" : null;
}

/** A stored secret goes to the provider that it is of, and nowhere else: who may change the issuer may not read it. */
function secretOf(ctx: Person, id: string, before: ProviderRow | null, input: SaveProviderInput): string {
  if (input.client_secret !== "") return seal(ctx, input.client_secret, sealedProvider(id));
  if (!before) throw invalidParameter({ field: "client_secret", problem: "is required" });
  if (before.issuer !== input.issuer) {
    throw invalidParameter({ field: "client_secret", problem: "is required again, as the issuer is another one" });
  }
  return before.secret;
}

async function joinedBy(tx: Tx, slug: string | null): Promise<string | null> {
  if (slug === null || slug === "") return null;
  const workspace = await tx.workspace.findUnique({ where: { slug }, select: { id: true } });
  if (!workspace) throw invalidParameter({ field: "join_workspace", problem: "there is no workspace with this slug" });
  return workspace.id;
}

/** Domains that stay keep their proof. */
async function syncDomains(tx: Tx, providerId: string, domains: readonly string[]): Promise<void> {
  await tx.ssoDomain.deleteMany({ where: { providerId, domain: { notIn: [...domains] } } });
  await tx.ssoDomain.createMany({
    data: [...new Set(domains)].map((domain) => ({
      id: randomUUID(),
      providerId,
      domain,
      token: randomBytes(24).toString("base64url"),
    })),
    skipDuplicates: true,
  });
}

function columnsOf(input: SaveProviderInput) {
  return {
    name: input.name,
    issuer: input.issuer,
    clientId: input.client_id,
    scopes: input.scopes,
    roleClaim: input.role_claim || null,
    roleMap: input.role_map,
    defaultRole: input.default_role,
    enabled: input.enabled,
    required: input.required,
  };
}

function auditDetails(row: ProviderRow, input: SaveProviderInput): Prisma.InputJsonObject {
  return {
    issuer: row.issuer,
    client_id: row.clientId,
    domains: row.domains.map(({ domain }) => domain),
    role_claim: row.roleClaim,
    default_role: row.defaultRole,
    enabled: row.enabled,
    required: row.required,
    secret: input.client_secret === "" ? "kept" : "changed",
  };
}
