import { randomUUID } from "node:crypto";
import type { SqlQuery } from "@tocsin/db";
import { type NoticeChannel, type NoticeSetting, noticeChannelCatalog, noticeChannels } from "./channels";
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

/**
 * Makes the notices that are not there yet, and in the same statement queues what is to be sent of them, so that
 * neither can be without the other. Gives how many were new.
 */
export async function makeNotices(
  query: SqlQuery,
  drafts: readonly NoticeDraft[],
  setting: NoticeSetting,
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
  const available = noticeChannels.filter((channel) => noticeChannelCatalog[channel].available(setting));
  const [made] = await query<{ n: number }>(make, [JSON.stringify(rows), available]);
  return Number(made?.n ?? 0);
}

/** The part of the statement that queues what goes out by a channel. */
function queued(channel: NoticeChannel): string {
  return `${channel}_queued AS (
    INSERT INTO notice_delivery (id, workspace_id, notice_id, channel, kind, recipient)
    SELECT gen_random_uuid(), workspace_id, id, '${channel}', kind, recipient
    FROM (${noticeChannelCatalog[channel].recipients}) AS addressed WHERE '${channel}' = ANY ($2::text[])
  )`;
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
  ), ${noticeChannels.map(queued).join(", ")}
  SELECT count(*) AS n FROM made`;
