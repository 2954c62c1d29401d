import { randomUUID } from "node:crypto";
import type { SqlQuery } from "@tocsin/db";
import type { NoticeDetails, NoticeKind } from "./shape";

/** Something that happened; `occasion` names it uniquely among those of its kind in its workspace. */
export type NoticeDraft = {
  [K in NoticeKind]: { kind: K; details: NoticeDetails[K] };
}[NoticeKind] & {
  workspaceId: string;
  key: { id: string; name: string } | null;
  occasion: string;
  at: Date;
};

/** Which ways out there are beside the dashboard and the webhooks. */
export type NoticeSetting = { email: boolean };

/**
 * Makes the notices that are not there yet, and in the same statement queues what is to be sent of them, so that
 * neither can be without the other. Gives how many were new.
 */
export async function makeNotices(
  query: SqlQuery,
  drafts: readonly NoticeDraft[],
  { email }: NoticeSetting,
): Promise<number> {
  if (drafts.length === 0) return 0;
  const rows = drafts.map(({ key, workspaceId, at, ...rest }) => ({
    ...rest,
    id: randomUUID(),
    workspace_id: workspaceId,
    key_id: key?.id ?? null,
    key_name: key?.name ?? null,
    at: at.toISOString(),
  }));
  const [made] = await query<{ n: number }>(make, [JSON.stringify(rows), email]);
  return Number(made?.n ?? 0);
}

// Sorted, so that two nodes that make the same notices wait for each other and cannot deadlock.
const make = `
  WITH input AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(id uuid, workspace_id uuid, key_id uuid, key_name text,
      kind text, occasion text, details jsonb, at timestamptz)
  ), made AS (
    INSERT INTO notice (id, workspace_id, key_id, key_name, kind, occasion, details, at)
    SELECT input.id, input.workspace_id, key_id, key_name, kind, occasion, details, at
    FROM input JOIN workspace ON workspace.id = input.workspace_id AND workspace.suspended_at IS NULL
    ORDER BY 2, 5, 6
    ON CONFLICT (workspace_id, kind, occasion) DO NOTHING
    RETURNING id, workspace_id, kind
  ), hooked AS (
    INSERT INTO notice_delivery (id, workspace_id, notice_id, channel, kind, recipient)
    SELECT gen_random_uuid(), made.workspace_id, made.id, 'webhook', made.kind, webhook.id::text
    FROM made JOIN webhook ON webhook.workspace_id = made.workspace_id
      AND webhook.enabled AND made.kind = ANY (webhook.kinds)
  ), mailed AS (
    INSERT INTO notice_delivery (id, workspace_id, notice_id, channel, kind, recipient)
    SELECT gen_random_uuid(), made.workspace_id, made.id, 'email', made.kind, u.email
    FROM made JOIN member ON member.workspace_id = made.workspace_id AND member.role IN ('owner', 'admin')
    JOIN "user" u ON u.id = member.user_id
    WHERE $2::boolean
  )
  SELECT count(*) AS n FROM made`;
