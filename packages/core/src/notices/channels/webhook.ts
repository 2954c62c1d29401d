import { type DeliveryRow, type Described, linkOf, type NoticeChannelEntry, type RenderContext } from "./channel";

/** The payload is signed for each attempt anew, since the timestamp is. */
export type WebhookMessage = { url: string; secrets: string[]; body: string };

/** To the workspace's webhook, if it wants notices of the kind. */
export const webhook: NoticeChannelEntry<WebhookMessage> = {
  available: () => true,
  recipients: `
    SELECT made.workspace_id, made.id, made.kind, webhook.id::text AS recipient
    FROM made JOIN webhook ON webhook.workspace_id = made.workspace_id
      AND webhook.enabled AND made.kind = ANY (webhook.kinds)`,
  namesRecipient: false,
  needsWebhook: true,
  render: (ctx, row, notice) => {
    if (!row.webhook_id || !row.url || !row.secret) return { problem: "The webhook was removed or switched off." };
    const secret = ctx.unseal(row.secret, row.webhook_id);
    if (secret === null) return { problem: "The secret cannot be read: it was made under another TOCSIN_SECRET." };
    const previous = row.previous_secret === null ? null : ctx.unseal(row.previous_secret, row.webhook_id);
    return { url: row.url, secrets: previous === null ? [secret] : [secret, previous], body: bodyOf(ctx, row, notice) };
  },
};

function bodyOf({ instance }: RenderContext, row: DeliveryRow, { title, text }: Described): string {
  const workspace = { id: row.workspace_id, name: row.workspace_name };
  if (row.notice_id === null) {
    const data = { workspace, title: "A test", text: `${instance.name} can reach this webhook.` };
    return JSON.stringify({ type: row.kind, timestamp: row.at.toISOString(), data });
  }
  return JSON.stringify({
    type: row.kind,
    timestamp: row.at.toISOString(),
    data: {
      notice_id: row.notice_id,
      workspace,
      key: row.key_id === null ? null : { id: row.key_id, name: row.key_name },
      title,
      text,
      details: row.details,
      url: linkOf(instance.publicUrl, row),
    },
  });
}
