import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { z } from "zod";
import { roleOf } from "../access";
import { appendEvent, type EventSource } from "../audit";
import type { Context, Origin } from "../context";
import { plainText } from "../errors";
import type { SignInProvider } from "./get-provider";
import { knownRole } from "./provider-row";
import { roleByClaims } from "./role-by-claims";
import { type GrantableRole, roleRules } from "./shape";

type Tx = Prisma.TransactionClient;
type Ctx = Pick<Context, "db" | "now" | "auditKeys"> & { origin: Origin };

/** What a provider says of somebody: the claims of a checked ID token and, where it was asked, of userinfo. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/** Whose session to open; `workspaceId` is where they act. */
export type Admitted = { userId: string; workspaceId: string | null };
/** Why somebody whom the provider knows gets no session. */
export type Refused = { refused: "no_email" | "email" | "domain" | "subject" | "role" | "workspace" };

const email = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase());
const personName = plainText({ min: 1, max: 100 });

/**
 * Lets in whom a provider vouches for: finds or makes the account, and in the workspace that its people join the
 * membership, with the role that the claims give. Owners stay owners, and nobody becomes one.
 */
export async function admit(ctx: Ctx, provider: SignInProvider, claims: Claims): Promise<Admitted | Refused> {
  const address = email.safeParse(claims.email).data ?? null;
  const role = roleByClaims(claims, {
    claim: provider.roleClaim,
    map: roleRules.parse(provider.roleMap),
    otherwise: knownRole(provider.defaultRole),
  });
  const problem = problemOf(provider, claims, address);
  if (problem) return { refused: problem };
  if (role === null) return { refused: "role" };
  const joined = provider.workspaceId ?? provider.joinWorkspaceId;
  return ctx.db.$transaction(async (tx) => {
    // Of two first sign-ins of one person, the second finds what the first has made.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`tocsin admit ${provider.id}`}), hashtext(${address ?? claims.sub}))`;
    const user = await findOrMakeAccount(tx, { provider, claims, address, joined });
    if ("refused" in user) return user;
    if (joined !== null && (await isDeactivated(tx, joined, user.id))) return { refused: "workspace" };
    const key = { providerId: provider.id, subject: claims.sub };
    await tx.ssoIdentity.upsert({
      where: { providerId_subject: key },
      create: { ...key, userId: user.id, createdAt: ctx.now() },
      update: {},
    });
    if (joined !== null) await join(ctx, tx, { provider, user, workspaceId: joined, role });
    return { userId: user.id, workspaceId: joined };
  });
}

/** What speaks against the claims, whoever it is. */
function problemOf(provider: SignInProvider, claims: Claims, address: string | null): Refused["refused"] | null {
  if (address === null) return "no_email";
  const verified = claims.email_verified;
  // Not every provider sends it (Entra does not); one that says no is believed.
  if (verified === false || verified === "false") return "email";
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (!provider.domains.includes(domain)) return "domain";
  return isGoogle(provider.issuer) && claims.hd !== domain ? "domain" : null;
}

/**
 * Google's issuer is everybody's: anyone can make an account there with an address of any domain. `hd` says that the
 * domain's own Workspace runs the account.
 */
function isGoogle(issuer: string): boolean {
  return new URL(issuer).hostname.replace(/\.$/, "") === "accounts.google.com";
}

/** Whether the provider has said by SCIM that they are out; a token that it gives all the same changes nothing. */
async function isDeactivated(tx: Tx, workspaceId: string, userId: string): Promise<boolean> {
  return (await tx.scimUser.count({ where: { workspaceId, userId, active: false } })) > 0;
}

type User = { id: string; name: string };

type Asked = { provider: SignInProvider; claims: Claims; address: string | null; joined: string | null };

async function findOrMakeAccount(tx: Tx, { provider, claims, address, joined }: Asked): Promise<User | Refused> {
  const known = await findAccount(tx, provider, claims.sub, address, joined);
  if (known && "refused" in known) return known;
  if (joined === null && (!known || (await tx.member.count({ where: { userId: known.id } })) === 0)) {
    return { refused: "workspace" };
  }
  return known ?? (await makeAccount(tx, address, claims.name)) ?? { refused: "no_email" };
}

/** The account of a subject, else of the address that the provider vouches for. */
async function findAccount(
  tx: Tx,
  { id: providerId }: SignInProvider,
  subject: string,
  address: string | null,
  joined: string | null,
): Promise<User | Refused | null> {
  const select = { id: true, name: true, emailVerified: true, operator: true } as const;
  const identity = await tx.ssoIdentity.findUnique({
    where: { providerId_subject: { providerId, subject } },
    select: { user: { select } },
  });
  if (identity) return identity.user;
  const user = address === null ? null : await tx.user.findUnique({ where: { email: address }, select });
  if (!user) return null;
  const other = { providerId, userId: user.id };
  const known = await tx.ssoIdentity.count({ where: other });
  const joins = joined !== null && (await tx.member.count({ where: { userId: user.id, workspaceId: joined } })) === 0;
  // The address is somebody else's now, or the account was made anew: while the one before is a member, who can tell?
  if (known > 0 && !joins) return { refused: "subject" };
  await tx.ssoIdentity.deleteMany({ where: other });
  if (joins && !user.emailVerified && !user.operator) await endOtherWaysIn(tx, user.id);
  return user;
}

/**
 * Whoever signed up with an address that they never confirmed may be anybody: they must not come with its owner into the
 * workspace. What they know of the account ends; its owner, or an operator, sets a password anew.
 */
export async function endOtherWaysIn(tx: Tx, userId: string): Promise<void> {
  await tx.account.deleteMany({ where: { userId } });
  await tx.twoFactor.deleteMany({ where: { userId } });
  await tx.passkey.deleteMany({ where: { userId } });
  await tx.accountLink.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  const data = { emailVerified: true, twoFactorEnabled: false };
  await tx.user.update({ where: { id: userId }, data, select: { id: true } });
}

/** A new account for an address that its domain's owner answers for. */
export async function makeAccount(tx: Tx, address: string | null, given: unknown): Promise<User | null> {
  if (address === null) return null;
  const name = personName.safeParse(given).data ?? address.slice(0, address.lastIndexOf("@")).slice(0, 100);
  return tx.user.create({
    data: { id: randomUUID(), email: address, emailVerified: true, name },
    select: { id: true, name: true },
  });
}

type Join = { provider: SignInProvider; user: User; workspaceId: string; role: GrantableRole };

/** The membership with its role; where no claim gives roles, the one that the workspace has given stays. */
async function join(ctx: Ctx, tx: Tx, { provider, user, workspaceId, role }: Join): Promise<void> {
  const member = await tx.member.findUnique({
    where: { userId_workspaceId: { userId: user.id, workspaceId } },
    select: { id: true, role: true },
  });
  const source: EventSource = { ...ctx, actor: { type: "user", id: user.id, name: user.name }, workspaceId };
  const target = { type: "member", id: user.id, name: user.name };
  const details = { provider: provider.name, role };
  if (!member) {
    await tx.member.create({
      data: { id: randomUUID(), userId: user.id, workspaceId, role, createdAt: ctx.now() },
      select: { id: true },
    });
    await appendEvent(source, { action: "member.join", target, details }, tx);
  } else if (provider.roleClaim !== null && ![role, "owner"].includes(roleOf(member.role))) {
    await tx.member.update({ where: { id: member.id }, data: { role }, select: { id: true } });
    await appendEvent(source, { action: "member.set_role", target, details: { ...details, before: member.role } }, tx);
  }
}
