import { type DeliveryRow, type Described, linkOf, type NoticeChannelEntry, type RenderContext } from "./channel";

export type EmailMessage = { to: string; subject: string; text: string };

/** To the owners and admins of the workspace. */
export const email: NoticeChannelEntry<EmailMessage> = {
  available: (setting) => setting.email,
  recipients: `
    SELECT made.workspace_id, made.id, made.kind, u.email AS recipient
    FROM made JOIN member ON member.workspace_id = made.workspace_id AND member.role IN ('owner', 'admin')
    JOIN "user" u ON u.id = member.user_id`,
  namesRecipient: true,
  needsWebhook: false,
  render: (ctx, row, notice) => ({
    to: row.recipient,
    subject: `${row.workspace_name}: ${notice.title}`,
    text: textOf(ctx, row, notice),
  }),
};

function textOf({ instance }: RenderContext, row: DeliveryRow, { title, text }: Described): string {
  return [
    `${title}.`,
    text,
    `Workspace: ${row.workspace_name}\n${linkOf(instance.publicUrl, row)}`,
    `You get this because you are an owner or admin of the workspace on ${instance.name}.`,
  ].join("\n\n");
}
