import { type Authorized, requireRight, roleOf, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import type { ExportedWorkspace } from "./shape";

/**
 * What a workspace has, without secrets: members, keys, tokens, watchlists with their entries, and requests by day. Its
 * audit log has an export of its own. For whoever may remove it.
 */
export async function exportWorkspace(ctx: Call<Authorized<SessionCaller>>): Promise<ExportedWorkspace> {
  requireRight(ctx.caller, "workspace:delete");
  const { workspaceId } = ctx.caller;
  const workspace = await ctx.db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { id: true, name: true, slug: true, tier: true, createdAt: true, members: { select: memberColumns } },
  });
  const keys = await ctx.db.apiKey.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "asc" },
    select: keyColumns,
  });
  const tokens = await ctx.db.managementToken.findMany({ where: { workspaceId }, select: tokenColumns });
  const watchlists = await ctx.db.watchlist.findMany({ where: { workspaceId }, select: watchlistColumns });
  const usage = await ctx.sql.query<{ date: string; requests: number; errors: number }>(
    `SELECT d.day::text AS date, sum(d.requests) AS requests, sum(d.errors) AS errors
     FROM usage_day d JOIN api_key k ON k.id = d.key_id WHERE k.workspace_id = $1::uuid GROUP BY 1 ORDER BY 1`,
    [workspaceId],
  );
  const target = { type: "workspace", id: workspaceId, name: workspace.name };
  await appendEvent(ctx, { action: "workspace.export", target });
  const { id, name, slug, tier } = workspace;
  return {
    exported_at: ctx.now().toISOString(),
    workspace: { id, name, slug, tier, created_at: workspace.createdAt.toISOString() },
    members: workspace.members.map(({ role, createdAt, user }) => ({
      ...user,
      role: roleOf(role),
      joined_at: createdAt.toISOString(),
    })),
    keys: keys.map(snake),
    tokens: tokens.map(snake),
    watchlists: watchlists.map(({ entries, ...list }) => ({ ...snake(list), entries: entries.map(snake) })),
    requests: usage.map(({ date, requests, errors }) => ({ date, requests: Number(requests), errors: Number(errors) })),
  };
}

const memberColumns = { role: true, createdAt: true, user: { select: { id: true, name: true, email: true } } } as const;
const keyColumns = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  allowedIps: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  revokedAt: true,
  revokedReason: true,
  lastUsedAt: true,
  totalRequests: true,
} as const;
const tokenColumns = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  revokedAt: true,
} as const;
const watchlistColumns = {
  id: true,
  name: true,
  description: true,
  createdAt: true,
  createdBy: true,
  entries: { select: { value: true, note: true, createdAt: true } },
} as const;

/** A row as the wire writes it. */
function snake(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      plain(value),
    ]),
  );
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "bigint" ? Number(value) : value;
}
