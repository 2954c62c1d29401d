import { randomUUID } from "node:crypto";
import { type Authorized, requireRight, type SessionCaller } from "../access";
import type { Call } from "../context";
import { AppError } from "../errors";
import { createTimeCursor, minuteMs } from "../lib";
import { channelOf, noticeChannelCatalog, noticeChannels } from "./channels";
import {
  type DeliveryList,
  type DeliveryView,
  deliveryStatuses,
  type ListDeliveriesInput,
  type Queued,
  type ReplayInput,
  tryShape,
} from "./shape";

type Admin = Call<Authorized<SessionCaller>>;

/** Tests and replays that a workspace may ask for in a minute. */
const askedAMinute = 10;

const cursors = createTimeCursor();

type Row = {
  id: string;
  notice_id: string | null;
  kind: string;
  channel: string;
  recipient: string;
  status: string;
  attempts: number;
  next_at: Date;
  created_at: Date;
  finished_at: Date | null;
  tries: unknown;
};

/** What was sent, or is to be, newest first, with every attempt. */
export async function listDeliveries(
  ctx: Admin,
  { status, channel, limit, cursor }: ListDeliveriesInput,
): Promise<DeliveryList> {
  requireRight(ctx.caller, "workspace:write");
  const after = cursor === undefined ? null : cursors.read(cursor);
  const rows = await ctx.sql.query<Row>(
    `SELECT id, notice_id, kind, channel, recipient, status, attempts, next_at, created_at, finished_at, tries
     FROM notice_delivery
     WHERE workspace_id = $1::uuid AND ($2::text IS NULL OR status = $2::text)
       AND ($3::text IS NULL OR channel = $3::text)
       AND ($4::timestamptz IS NULL OR (created_at, id) < ($4::timestamptz, $5::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $6::int4`,
    [
      ctx.caller.workspaceId,
      status ?? null,
      channel ?? null,
      after?.at.toISOString() ?? null,
      after?.id ?? null,
      limit + 1,
    ],
  );
  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: page.map(toDelivery),
    meta: { limit, next_cursor: last ? cursors.write(last.created_at, last.id) : null },
  };
}

/** Queues a message of the type `webhook.test`. */
export async function testWebhook(ctx: Admin): Promise<Queued> {
  requireRight(ctx.caller, "workspace:write");
  const { workspaceId } = ctx.caller;
  await requirePatience(ctx);
  const id = randomUUID();
  const queued = await ctx.sql.query(
    `INSERT INTO notice_delivery (id, workspace_id, channel, kind, recipient)
     SELECT $1::uuid, workspace_id, 'webhook', 'webhook.test', id::text FROM webhook
     WHERE workspace_id = $2::uuid AND enabled RETURNING 1`,
    [id, workspaceId],
  );
  if (queued.length === 0) throw new AppError("not_found", { message: "There is no webhook that is switched on." });
  return { data: { id, message_id: messageIdOf({ id, notice_id: null }) } };
}

/** Sends once more what was delivered or given up, to the webhook as it is now, under the same `webhook-id`. */
export async function replayDelivery(ctx: Admin, { id }: ReplayInput): Promise<Queued> {
  requireRight(ctx.caller, "workspace:write");
  const { workspaceId } = ctx.caller;
  await requirePatience(ctx);
  const [row] = await ctx.sql.query<{ id: string; notice_id: string | null }>(
    `UPDATE notice_delivery SET status = 'pending', attempts = 0, next_at = now(), finished_at = NULL,
       recipient = CASE WHEN channel = 'webhook' THEN webhook.id::text ELSE recipient END
     FROM (SELECT 1) AS one LEFT JOIN webhook ON webhook.workspace_id = $2::uuid AND webhook.enabled
     WHERE notice_delivery.id = $1::uuid AND notice_delivery.workspace_id = $2::uuid AND status <> 'pending'
       AND (channel <> ALL ($3::text[]) OR webhook.id IS NOT NULL)
     RETURNING notice_delivery.id, notice_id`,
    [id, workspaceId, noticeChannels.filter((channel) => noticeChannelCatalog[channel].needsWebhook)],
  );
  if (!row) throw new AppError("not_found");
  return { data: { id, message_id: messageIdOf(row) } };
}

/** So that the webhook is no means to fire requests at someone. More tries than attempts has what was sent again. */
async function requirePatience(ctx: Admin): Promise<void> {
  const [recent] = await ctx.sql.query<{ n: number }>(
    `SELECT COALESCE(sum(
       (kind = 'webhook.test' AND created_at > now() - interval '1 minute')::int
       + CASE WHEN jsonb_array_length(tries) > attempts THEN (status = 'pending' AND attempts = 0)::int + (
           SELECT count(*) FROM jsonb_array_elements(tries) AS try WHERE (try ->> 'at')::timestamptz > $2::timestamptz
         ) ELSE 0 END
     ), 0) AS n FROM notice_delivery WHERE workspace_id = $1::uuid`,
    [ctx.caller.workspaceId, new Date(ctx.now().getTime() - minuteMs).toISOString()],
  );
  if (Number(recent?.n ?? 0) < askedAMinute) return;
  throw new AppError("rate_limit_exceeded", {
    message: `At most ${askedAMinute} tests and replays a minute.`,
    retryAfter: 60,
  });
}

/** Without a full stop, which separates the parts of what is signed. */
export function messageIdOf({ id, notice_id }: { id: string; notice_id: string | null }): string {
  return `msg_${(notice_id ?? id).replaceAll("-", "")}`;
}

function toDelivery(row: Row): DeliveryView {
  const channel = channelOf(row.channel);
  const status = deliveryStatuses.find((known) => known === row.status) ?? "failed";
  const tries = tryShape.array().safeParse(row.tries);
  return {
    id: row.id,
    message_id: messageIdOf(row),
    kind: row.kind,
    channel,
    recipient: noticeChannelCatalog[channel].namesRecipient ? row.recipient : null,
    status,
    attempts: row.attempts,
    next_at: status === "pending" ? row.next_at.toISOString() : null,
    created_at: row.created_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    tries: tries.success ? tries.data : [],
  };
}
