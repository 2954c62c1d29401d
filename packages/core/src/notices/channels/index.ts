// Safe for browsers: the dashboard reads what holds of each channel.

import type { DeliveryRow, Described, NoticeChannelEntry, RenderContext } from "./channel";
import { email } from "./email";
import { webhook } from "./webhook";

/** The ways by which notices leave. To add one is to add a file, a line, and its sender in the server. */
export const noticeChannelCatalog = { webhook, email } as const satisfies Record<string, NoticeChannelEntry>;

export type NoticeChannel = keyof typeof noticeChannelCatalog;

export const noticeChannels = Object.keys(noticeChannelCatalog) as readonly NoticeChannel[];

type MessageOf<Channel extends NoticeChannel> =
  (typeof noticeChannelCatalog)[Channel] extends NoticeChannelEntry<infer Message> ? Message : never;

/** A message of each channel, and what there is to say where there is none. */
export type NoticeMessage =
  | { [Channel in NoticeChannel]: { channel: Channel } & MessageOf<Channel> }[NoticeChannel]
  | { channel: "none"; problem: string };

/** What is to be sent of a delivery. */
export function renderNotice(
  ctx: RenderContext,
  row: DeliveryRow & { channel: string },
  notice: Described,
): NoticeMessage {
  const channel = channelOf(row.channel);
  const rendered = noticeChannelCatalog[channel].render(ctx, row, notice);
  // The entry of a channel renders the message of that channel.
  return "problem" in rendered
    ? { channel: "none", problem: rendered.problem }
    : ({ channel, ...rendered } as NoticeMessage);
}

/** The channel by its name in the database, which holds no other. */
export function channelOf(name: string): NoticeChannel {
  return noticeChannels.find((channel) => channel === name) ?? "webhook";
}

export type { DeliveryRow, NoticeSetting } from "./channel";
