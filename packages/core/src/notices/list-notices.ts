import { type Authorized, hasRight, type SessionCaller } from "../access";
import type { Call } from "../context";
import { countUpTo, createTimeCursor, totalOf } from "../lib";
import { describeNotice } from "./describe";
import {
  type ListNoticesInput,
  type NoticeKind,
  type NoticeList,
  type NoticeView,
  noticeKinds,
  type Unread,
} from "./shape";

const cursors = createTimeCursor();

type Row = {
  id: string;
  kind: string;
  at: Date;
  key_id: string | null;
  key_name: string | null;
  details: Record<string, unknown>;
  read: boolean;
};

/** What keys did, and how near they are to their limits, is for those who may see keys. */
function kindsFor({ role }: SessionCaller): NoticeKind[] {
  return noticeKinds.filter((kind) => hasRight(role, "keys:read") || !/^(?:key|quota)\./.test(kind));
}

/** What the caller has not read: what came before they joined counts as read. */
const isRead = `(n.at < (SELECT created_at FROM member WHERE workspace_id = n.workspace_id AND user_id = $2::uuid)
  OR EXISTS (SELECT 1 FROM notice_read WHERE notice_id = n.id AND user_id = $2::uuid))`;

/** A page of the workspace's notices, newest first, each with whether the caller has read it. */
export async function listNotices(
  ctx: Call<Authorized<SessionCaller>>,
  { kind, unread, limit, cursor }: ListNoticesInput,
): Promise<NoticeList> {
  const { workspaceId, userId } = ctx.caller;
  const filter = `n.workspace_id = $1::uuid AND ($3::text IS NULL OR n.kind = $3::text)
    AND n.kind = ANY ($4::text[]) AND ($5::boolean IS NULL OR $5::boolean <> ${isRead})`;
  const values = [workspaceId, userId, kind ?? null, kindsFor(ctx.caller), unread ?? null];
  const after = cursor === undefined ? null : cursors.read(cursor);
  const rows = await ctx.sql.query<Row>(
    `SELECT n.id, n.kind, n.at, n.key_id, n.key_name, n.details, ${isRead} AS read FROM notice n
     WHERE ${filter} AND ($6::timestamptz IS NULL OR (n.at, n.id) < ($6::timestamptz, $7::uuid))
     ORDER BY n.at DESC, n.id DESC LIMIT $8::int4`,
    [...values, after?.at.toISOString() ?? null, after?.id ?? null, limit + 1],
  );
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`notice n WHERE ${filter}`), values);
  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: page.flatMap((row) => toNotice(row) ?? []),
    meta: { ...totalOf(counted?.n ?? 0), limit, next_cursor: last ? cursors.write(last.at, last.id) : null },
  };
}

/** How many notices the caller has not read, up to 100. */
export async function countUnread(ctx: Call<Authorized<SessionCaller>>): Promise<Unread> {
  const [row] = await ctx.sql.query<{ n: number }>(
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM notice n WHERE n.workspace_id = $1::uuid AND n.kind = ANY ($3::text[])
         AND NOT ${isRead}
       LIMIT 100
     ) AS unread`,
    [ctx.caller.workspaceId, ctx.caller.userId, kindsFor(ctx.caller)],
  );
  return { unread: Number(row?.n ?? 0) };
}

function toNotice(row: Row): NoticeView | null {
  const kind = noticeKinds.find((known) => known === row.kind);
  if (!kind) return null;
  return {
    id: row.id,
    kind,
    at: row.at.toISOString(),
    key: row.key_id === null ? null : { id: row.key_id, name: row.key_name ?? "" },
    ...describeNotice(kind, row.key_name, row.details),
    details: row.details,
    read: row.read,
  };
}
