import { requireProvisioner } from "../access";
import { AppError } from "../errors";
import { type GrantableRole, grantableRoles } from "../single-sign-on";
import { findRow, groupsOf, lockProvisioning, roleBy, type ScimCall, scimColumns, setRole, type Tx } from "./scim-row";
import { scimProblem } from "./shape";

/** A role as a group: whoever is in it has that role, in several the greatest. */
export type ScimGroup = { role: GrantableRole; members: { id: string; userName: string }[] };

/** What becomes of the members of a group, by their ids. */
export type MemberChange = { kind: "add" | "remove" | "replace"; ids: readonly string[] };

/** The roles that a provider may give, with whom it manages in each. */
export async function listScimGroups(ctx: ScimCall): Promise<ScimGroup[]> {
  requireProvisioner(ctx.caller);
  const rows = await ctx.db.scimUser.findMany({
    where: { workspaceId: ctx.caller.workspaceId, roles: { isEmpty: false } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, userName: true, roles: true },
  });
  return grantableRoles.map((role) => ({
    role,
    members: rows.filter((row) => groupsOf(row).includes(role)).map(({ id, userName }) => ({ id, userName })),
  }));
}

/** Throws `not_found`. */
export async function getScimGroup(ctx: ScimCall, id: string): Promise<ScimGroup> {
  const group = (await listScimGroups(ctx)).find(({ role }) => role === id);
  if (!group) throw new AppError("not_found");
  return group;
}

/** Puts people into a group and takes them out: all of it or nothing. Throws `not_found`, and `invalid_parameter` for nobody. */
export async function changeScimGroup(ctx: ScimCall, id: string, changes: readonly MemberChange[]): Promise<ScimGroup> {
  requireProvisioner(ctx.caller);
  const role = grantableRoles.find((known) => known === id);
  if (!role) throw new AppError("not_found");
  await ctx.db.$transaction(async (tx) => {
    await lockProvisioning(ctx, tx);
    for (const change of changes) await applyChange(ctx, tx, role, change);
  });
  return getScimGroup(ctx, role);
}

async function applyChange(ctx: ScimCall, tx: Tx, role: GrantableRole, { kind, ids }: MemberChange): Promise<void> {
  const { workspaceId } = ctx.caller;
  if (kind === "replace") {
    const others = await tx.scimUser.findMany({
      where: { workspaceId, roles: { has: role }, id: { notIn: [...ids] } },
      select: { id: true },
    });
    for (const other of others) await setMember(ctx, tx, other.id, role, false);
  }
  for (const id of ids) await setMember(ctx, tx, id, role, kind !== "remove");
}

async function setMember(ctx: ScimCall, tx: Tx, id: string, role: GrantableRole, isIn: boolean): Promise<void> {
  const row = await findRow(ctx, tx, id).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
    // Whoever is gone is in no group.
    if (!isIn) return null;
    throw scimProblem("invalidValue", `members: ${id} is no user of this workspace`);
  });
  if (!row || groupsOf(row).includes(role) === isIn) return;
  const roles = grantableRoles.filter((one) => (one === role ? isIn : groupsOf(row).includes(one)));
  const data = { roles, updatedAt: ctx.now() };
  const changed = await tx.scimUser.update({ where: { id: row.id }, data, select: scimColumns });
  if (changed.active) await setRole(ctx, tx, changed, roleBy(changed));
}
