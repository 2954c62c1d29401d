import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { z } from "zod";
import { requireProvisioner } from "../access";
import { plainText } from "../errors";
import { endKeysOf, readKeyPolicy } from "../keys";
import { endOtherWaysIn, makeAccount } from "../single-sign-on";
import { keepingSomebody } from "../workspaces";
import {
  findRow,
  join,
  leave,
  lockProvisioning,
  type ScimCall,
  type ScimRow,
  scimColumns,
  type Tx,
  toScimUser,
} from "./scim-row";
import { type Page, type ScimUser, scimProblem, type UserChange, type UserFilter } from "./shape";

const address = z.email().max(254);
const personName = plainText({ min: 1, max: 100 });
const externalName = plainText({ min: 1, max: 500 });

/** A page of those whom the provider manages, in the order in which it brought them. */
export async function listScimUsers(
  ctx: ScimCall,
  filter: UserFilter,
  { startIndex, count }: Page,
): Promise<{ total: number; users: ScimUser[] }> {
  requireProvisioner(ctx.caller);
  const where: Prisma.ScimUserWhereInput = { workspaceId: ctx.caller.workspaceId, ...conditionOf(filter) };
  const total = await ctx.db.scimUser.count({ where });
  const rows = await ctx.db.scimUser.findMany({
    where,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    skip: startIndex - 1,
    take: count,
    select: scimColumns,
  });
  return { total, users: rows.map(toScimUser) };
}

function conditionOf(filter: UserFilter): Prisma.ScimUserWhereInput {
  if (!filter) return {};
  if (filter.field === "userName") return { userName: filter.value.toLowerCase() };
  if (filter.field === "externalId") return { externalId: filter.value };
  return z.uuid().safeParse(filter.value).success ? { id: filter.value } : { OR: [] };
}

/** Throws `not_found`. */
export async function getScimUser(ctx: ScimCall, id: string): Promise<ScimUser> {
  requireProvisioner(ctx.caller);
  return toScimUser(await findRow(ctx, ctx.db, id));
}

/**
 * Takes somebody into the provider's care: finds or makes their account, and while they are active their membership.
 * Throws `invalid_parameter` with a `scim_type`: for an address of a domain that the workspace has not proved, and for
 * somebody who is in its care already.
 */
export async function addScimUser(ctx: ScimCall, given: UserChange): Promise<ScimUser> {
  requireProvisioner(ctx.caller);
  const { workspaceId } = ctx.caller;
  const userName = addressOf(given.userName);
  return ctx.db.$transaction(async (tx) => {
    await lockProvisioning(ctx, tx);
    await requireDomain(ctx, tx, userName);
    const userId = await accountOf(tx, { userName, workspaceId, name: nameOf(given.name) });
    if ((await tx.scimUser.count({ where: { workspaceId, OR: [{ userName }, { userId }] } })) > 0)
      throw scimProblem("uniqueness", `userName: ${userName} is provisioned already`);
    const now = ctx.now();
    const active = given.active ?? true;
    const externalId = externalOf(given.externalId) ?? null;
    const data = { id: randomUUID(), workspaceId, userId, userName, externalId, active, roles: [] };
    const row = await tx.scimUser.create({ data: { ...data, createdAt: now, updatedAt: now }, select: scimColumns });
    if (active) await join(ctx, tx, row, randomUUID());
    else await leave(ctx, tx, row);
    return toScimUser(row);
  });
}

/**
 * Changes what the provider says of somebody. Who is no longer active loses membership and sessions at once and, where
 * the key policy says so, the keys that they made here, on every node before this resolves. Throws `not_found`,
 * `last_owner`, `invalid_parameter` with a `scim_type`, and `service_unavailable` where a key's end is not confirmed.
 */
export async function changeScimUser(ctx: ScimCall, id: string, change: UserChange): Promise<ScimUser> {
  requireProvisioner(ctx.caller);
  const work = ctx.db.$transaction(async (tx) => {
    await lockProvisioning(ctx, tx);
    const before = await findRow(ctx, tx, id);
    requireSameName(change, before);
    await rename(tx, before, nameOf(change.name));
    const externalId = externalOf(change.externalId);
    const row = await tx.scimUser.update({
      where: { id: before.id },
      data: {
        ...(externalId === undefined ? {} : { externalId }),
        active: change.active ?? before.active,
        updatedAt: ctx.now(),
      },
      select: scimColumns,
    });
    if (row.active && !before.active) await join(ctx, tx, row, randomUUID());
    // Said again, it holds again: for whoever made them a member by hand meanwhile.
    if (change.active === false) await leave(ctx, tx, row);
    return row;
  });
  const row = await keepingSomebody(work);
  // Again where the provider asks again: what was not confirmed the first time is.
  if (change.active === false) await endKeysOfLeaver(ctx, row.user.email);
  return toScimUser(row);
}

/** Takes somebody out of the provider's care, with all that deactivating does; their account stays. Throws like it. */
export async function removeScimUser(ctx: ScimCall, id: string): Promise<void> {
  await changeScimUser(ctx, id, { active: false });
  await ctx.db.scimUser.deleteMany({ where: { id, workspaceId: ctx.caller.workspaceId } });
}

function requireSameName({ userName }: UserChange, before: ScimRow): void {
  if (userName === undefined || addressOf(userName) === before.userName) return;
  throw scimProblem("mutability", "userName: cannot change; deactivate this user and provision the new address");
}

async function rename(tx: Tx, { userId, user }: ScimRow, name: string | undefined): Promise<void> {
  if (name !== undefined && name !== user.name)
    await tx.user.update({ where: { id: userId }, data: { name }, select: { id: true } });
}

async function endKeysOfLeaver(ctx: ScimCall, email: string): Promise<void> {
  const { workspaceId } = ctx.caller;
  const policy = await readKeyPolicy(ctx.db, workspaceId);
  if (policy.end_keys_of_leavers)
    await endKeysOf(ctx, { createdBy: email, workspaceId }, "Whoever made it was deactivated by the identity provider");
}

async function accountOf(tx: Tx, asked: { userName: string; workspaceId: string; name: string | undefined }) {
  const { userName: email, workspaceId } = asked;
  const select = { id: true, emailVerified: true, operator: true } as const;
  const known = await tx.user.findUnique({ where: { email }, select });
  if (!known) {
    const made = await makeAccount(tx, email, asked.name);
    if (!made) throw scimProblem("invalidValue", "userName: is missing");
    return made.id;
  }
  const isMember = (await tx.member.count({ where: { userId: known.id, workspaceId } })) > 0;
  if (!isMember && !known.emailVerified && !known.operator) await endOtherWaysIn(tx, known.id);
  return known.id;
}

/** Who proved a domain answers for its addresses: nobody provisions those of others. */
async function requireDomain({ caller }: ScimCall, tx: Tx, userName: string): Promise<void> {
  const domain = userName.slice(userName.lastIndexOf("@") + 1);
  const where = { domain, verifiedAt: { not: null }, provider: { workspaceId: caller.workspaceId } };
  if ((await tx.ssoDomain.count({ where })) > 0) return;
  throw scimProblem(
    "invalidValue",
    `userName: ${domain} is no domain that the workspace has proved under Settings → Single sign-on`,
  );
}

function addressOf(text: string | undefined): string {
  const parsed = address.safeParse(text);
  if (!parsed.success) throw scimProblem("invalidValue", "userName: is no e-mail address");
  return parsed.data.toLowerCase();
}

function nameOf(text: string | undefined): string | undefined {
  const parsed = personName.optional().safeParse(text);
  if (!parsed.success) throw scimProblem("invalidValue", "displayName: is no name of 1 to 100 characters on one line");
  return parsed.data;
}

function externalOf(text: string | null | undefined): string | null | undefined {
  const parsed = externalName.nullish().safeParse(text);
  if (!parsed.success)
    throw scimProblem("invalidValue", "externalId: is longer than 500 characters, or not on one line");
  return parsed.data;
}
