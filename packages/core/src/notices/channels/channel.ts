import type { Context } from "../../context";

/** Which ways out this instance has beside the dashboard and the webhooks. */
export type NoticeSetting = { email: boolean };

/** What rendering needs of the server. It gets `unseal` handed in, since the dashboard reads the catalog and has no `node:`. */
export type RenderContext = Pick<Context, "instance"> & {
  /** The text that was sealed for the row; null where it cannot be read. */
  readonly unseal: (sealed: string, row: string) => string | null;
};

/** A delivery that is due, with its notice and the webhook that it goes to. */
export type DeliveryRow = {
  kind: string;
  recipient: string;
  /** null of a test. */
  notice_id: string | null;
  workspace_id: string;
  workspace_name: string;
  at: Date;
  key_id: string | null;
  key_name: string | null;
  details: Record<string, unknown> | null;
  webhook_id: string | null;
  url: string | null;
  secret: string | null;
  previous_secret: string | null;
};

export type Described = { readonly title: string; readonly text: string };

/** All of a channel but how its message is carried, which is the server's (`apps/api/src/notices/senders.ts`). */
export type NoticeChannelEntry<Message extends object = object> = {
  /** Whether the instance can send by it. */
  readonly available: (setting: NoticeSetting) => boolean;
  /** SQL: the `workspace_id`, `id`, `kind` of the notices in `made`, and each `recipient` of theirs. */
  readonly recipients: string;
  /** Whether the log names the recipient to admins. */
  readonly namesRecipient: boolean;
  /** Whether it goes to what the workspace has set up, without which nothing is sent again. */
  readonly needsWebhook: boolean;
  /** The message, or why there is none to send. */
  readonly render: (ctx: RenderContext, row: DeliveryRow, notice: Described) => Message | { readonly problem: string };
};

/** Where in the dashboard the notice is about. */
export function linkOf(publicUrl: string, { key_id, details }: DeliveryRow): string {
  const watchlist = details?.watchlist as { id?: string } | undefined;
  if (watchlist?.id !== undefined) return `${publicUrl}/watchlists/${watchlist.id}`;
  return key_id === null ? `${publicUrl}/notices` : `${publicUrl}/keys/${key_id}`;
}
