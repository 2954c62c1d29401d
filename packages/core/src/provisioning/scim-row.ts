import type { Prisma } from "@tocsin/db";
import { type Authorized, roleOf, type roles, type TokenCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, isUuid } from "../errors";
import { type GrantableRole, grantableRoles } from "../single-sign-on";
import type { ScimUser } from "./shape";

export type Tx = Prisma.TransactionClient;
export type ScimCall = Call<Authorized<TokenCaller>>;

export const scimColumns = {
  id: true,
  userId: true,
  userName: true,
  externalId: true,
  active: true,
  roles: true,
  createdAt: true,
  updatedAt: true,
  user: { select: { name: true, email: true } },
} as const;
export type ScimRow = Prisma.ScimUserGetPayload<{ select: typeof scimColumns }>;

export function toScimUser(row: ScimRow): ScimUser {
  const { id, userName, externalId, active, createdAt, updatedAt } = row;
  return { id, userName, externalId, name: row.user.name, active, roles: groupsOf(row), createdAt, updatedAt };
}

export function groupsOf({ roles }: { roles: string[] }): GrantableRole[] {
  return grantableRoles.filter((role) => roles.includes(role));
}

/** Makes the provisioning of one workspace wait for each other in `tx`. */
export async function lockProvisioning(ctx: ScimCall, tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tocsin scim'), hashtext(${ctx.caller.workspaceId}))`;
}

/** Throws `not_found`. */
export async function findRow(ctx: ScimCall, tx: Pick<Tx, "scimUser">, id: string): Promise<ScimRow> {
  const where = { id, workspaceId: ctx.caller.workspaceId };
  const row = isUuid(id) ? await tx.scimUser.findFirst({ where, select: scimColumns }) : null;
  if (!row) throw new AppError("not_found");
  return row;
}

const memberOf = ({ caller }: ScimCall, { userId }: ScimRow) => ({ userId, workspaceId: caller.workspaceId });

/** The greatest of the groups' roles, which are in that order; without a group the least one. */
export function roleBy(row: { roles: string[] }): GrantableRole {
  return groupsOf(row)[0] ?? "viewer";
}

/** Gives the membership, or its role; an owner stays one, and nobody becomes one. */
export async function join(ctx: ScimCall, tx: Tx, row: ScimRow, id: string): Promise<void> {
  const of = memberOf(ctx, row);
  const role = roleBy(row);
  const target = { type: "member", id: row.userId, name: row.user.name };
  const member = await tx.member.findFirst({ where: of, select: { id: true, role: true } });
  if (!member) {
    await tx.member.create({ data: { id, ...of, role, createdAt: ctx.now() }, select: { id: true } });
    await appendEvent(ctx, { action: "member.add", target, details: { role, by: "scim" } }, tx);
    return;
  }
  const before = roleOf(member.role);
  // Somebody who was a member before the provider knew them keeps their role until it puts them into a group.
  if (before === "owner" || before === role || groupsOf(row).length === 0) return;
  await setRole(ctx, tx, row, role);
}

/** Changes the role of a member to what the groups say now. */
export async function setRole(ctx: ScimCall, tx: Tx, row: ScimRow, role: (typeof roles)[number]): Promise<void> {
  const member = await tx.member.findFirst({ where: memberOf(ctx, row), select: { id: true, role: true } });
  if (!member || member.role === "owner" || member.role === role) return;
  await tx.member.update({ where: { id: member.id }, data: { role }, select: { id: true } });
  const target = { type: "member", id: row.userId, name: row.user.name };
  const details = { before: member.role, after: role, by: "scim" };
  await appendEvent(ctx, { action: "member.set_role", target, details }, tx);
}

/** Takes the membership away and ends every session of theirs, at once on every node: sessions are never read from memory. */
export async function leave(ctx: ScimCall, tx: Tx, row: ScimRow): Promise<void> {
  const of = memberOf(ctx, row);
  const member = await tx.member.findFirst({ where: of, select: { id: true, role: true } });
  const { count: sessions } = await tx.session.deleteMany({ where: { userId: row.userId } });
  if (!member) return;
  await tx.member.delete({ where: { id: member.id }, select: { id: true } });
  const target = { type: "member", id: row.userId, name: row.user.name };
  const details = { role: member.role, sessions, by: "scim" };
  await appendEvent(ctx, { action: "member.remove", target, details }, tx);
}
