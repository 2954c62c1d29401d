import { z } from "zod";
import { roles, tierNameOf, tierNames, tierOverrides } from "../access";
import { plainText } from "../errors";
import { longestId } from "../values";

export const workspaceShape = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  tier: z.enum(tierNames),
  overrides: tierOverrides.nullable(),
  suspended_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  keys: z.object({ active: z.int(), total: z.int() }),
  members: z.int(),
});
export type Workspace = z.infer<typeof workspaceShape>;

export const workspaceListShape = z.object({ data: z.array(workspaceShape), meta: z.object({ total: z.int() }) });
export type WorkspaceList = z.infer<typeof workspaceListShape>;

export const workspaceName = plainText({ min: 1, max: 100 });

/** `overrides` absent leaves them as they are, null removes them. */
export const setTierInput = z.object({
  workspaceId: z.string().max(longestId).meta({ format: "uuid" }),
  tier: z.enum(tierNames),
  overrides: tierOverrides.nullable().optional(),
});
export type SetTierInput = z.output<typeof setTierInput>;

export const setSuspendedInput = z.object({
  workspaceId: z.string().max(longestId).meta({ format: "uuid" }),
  suspended: z.boolean(),
  reason: plainText({ max: 500, multiline: true }).optional(),
});
export type SetSuspendedInput = z.output<typeof setSuspendedInput>;

const workspaceId = z.string().max(longestId).meta({ format: "uuid" });
const address = z.email().max(254);

/** `owner` is the address of somebody who has an account; absent: whoever makes it. */
export const makeWorkspaceInput = z.object({
  name: workspaceName,
  owner: address.optional(),
  tier: z.enum(tierNames).default("free"),
});
export type MakeWorkspaceInput = z.output<typeof makeWorkspaceInput>;

export const renameWorkspaceInput = z.object({ workspaceId, name: workspaceName });
export type RenameWorkspaceInput = z.output<typeof renameWorkspaceInput>;

/** `role` null removes the member. */
export const setMembershipInput = z.object({ workspaceId, email: address, role: z.enum(roles).nullable() });
export type SetMembershipInput = z.output<typeof setMembershipInput>;

/** `slug` is typed as a confirmation. */
export const deleteWorkspaceInput = z.object({ workspaceId, slug: z.string().max(200) });
export type DeleteWorkspaceInput = z.output<typeof deleteWorkspaceInput>;
export const deletedWorkspaceShape = z.object({ deleted: z.literal(true) });

const rows = z.array(z.record(z.string(), z.unknown()));

/** A copy of what a workspace has, without secrets. */
export const exportedWorkspaceShape = z.object({
  exported_at: z.iso.datetime(),
  workspace: z.object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    tier: z.string(),
    created_at: z.iso.datetime(),
  }),
  members: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      role: z.enum(roles),
      joined_at: z.iso.datetime(),
    }),
  ),
  keys: rows,
  tokens: rows,
  watchlists: rows,
  requests: z.array(z.object({ date: z.string(), requests: z.int(), errors: z.int() })),
});
export type ExportedWorkspace = z.infer<typeof exportedWorkspaceShape>;

/** A row of `workspaceRows`. */
export type WorkspaceRow = {
  id: string;
  name: string;
  slug: string;
  tier: string;
  overrides: unknown;
  suspended_at: Date | null;
  created_at: Date;
  keys_active: number | bigint;
  keys_total: number | bigint;
  members: number | bigint;
};

/** `$1` is the time at which keys are active or not. */
export const workspaceRows = `
  SELECT id, name, slug, tier, overrides, suspended_at, created_at,
    (SELECT count(*) FROM api_key WHERE workspace_id = workspace.id AND revoked_at IS NULL
      AND (expires_at IS NULL OR expires_at > $1::timestamptz)) AS keys_active,
    (SELECT count(*) FROM api_key WHERE workspace_id = workspace.id) AS keys_total,
    (SELECT count(*) FROM member WHERE workspace_id = workspace.id) AS members
  FROM workspace`;

export function toWorkspace(row: WorkspaceRow): Workspace {
  const overrides = tierOverrides.nullable().safeParse(row.overrides);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    tier: tierNameOf(row.tier),
    overrides: overrides.success ? overrides.data : null,
    suspended_at: row.suspended_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    keys: { active: Number(row.keys_active), total: Number(row.keys_total) },
    members: Number(row.members),
  };
}
