import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { hourMs, minuteMs } from "../lib";
import type { QuarantinedFile } from "../runs";
import { noticeChannels } from "./channels";

/** What a notice is about; also the `type` of what a webhook is sent. */
export const noticeKinds = [
  "key.expiring",
  "key.unused",
  "key.ending_unused",
  "key.new_network",
  "key.failures",
  "key.leaked",
  "quota.warning",
  "quota.reached",
  "feed.held",
  "feed.failing",
  "watchlist.match",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Days before a key's end at which it is told. */
export const expiryDays = [14, 3, 1] as const;
export const unusedDays = 90;
/** Days before its end at which it is told that a key ends since nobody uses it: so long it lives on at least. */
export const endingUnusedDays = 7;
/** Refused requests of one key in this time that make a burst; two bursts are at least `apartMs` apart. */
export const burst = { refused: 50, withinMs: 5 * minuteMs, apartMs: hourMs } as const;
/** Parts of the day's quota at which it is told. */
export const quotaPercents = { warning: 80, reached: 100 } as const;

export type NoticeDetails = {
  "key.expiring": { days: number; expires_at: string };
  "key.unused": { days: number; last_used_at: string | null; created_at: string };
  "key.ending_unused": { days: number; last_used_at: string | null; created_at: string; ends_at: string };
  "key.new_network": { network: string; address: string };
  "key.failures": { refused: number; since: string; until: string; codes: Record<string, number> };
  "key.leaked": {
    what: "key" | "token";
    name: string;
    prefix: string;
    revoked: boolean;
    source: string | null;
    by: string;
  };
  "quota.warning": QuotaDetails;
  "quota.reached": QuotaDetails;
  "feed.held": { feed_id: string; feed: string; run_id: string; files: Omit<QuarantinedFile, "first_lines">[] };
  "feed.failing": {
    feed_id: string;
    feed: string;
    failures: number;
    last_success_at: string | null;
    error: string | null;
  };
  "watchlist.match": WatchlistDetails;
};
type QuotaDetails = { of: "key" | "workspace"; percent: number; limit: number; day: string; resets_at: string };
/** Of `count` matches the ones with the highest risk; `more` are not named. */
type WatchlistDetails = {
  watchlist: { id: string; name: string };
  count: number;
  matches: {
    entry: { kind: string; value: string };
    reason: string;
    subject: "ioc" | "article";
    id: string;
    /** The IOC's; null of an article, whose title `value` is. */
    type: string | null;
    value: string;
    risk: { score: number; level: string } | null;
  }[];
  more: number;
};

const time = z.iso.datetime();

export const noticeShape = z.object({
  id: z.uuid(),
  kind: z.enum(noticeKinds),
  at: time,
  key: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  title: z.string(),
  text: z.string(),
  details: z.record(z.string(), z.unknown()),
  read: z.boolean(),
});
export type NoticeView = z.infer<typeof noticeShape>;

export const noticeListShape = z.object({
  data: z.array(noticeShape),
  meta: z.object({ total: z.int(), total_exact: z.boolean(), limit: z.int(), next_cursor: z.string().nullable() }),
});
export type NoticeList = z.infer<typeof noticeListShape>;

export const listNoticesInput = z
  .object({
    kind: z.enum(noticeKinds).optional(),
    unread: z.boolean().optional(),
    limit: queryInteger(1, 200).default(50),
    cursor: z.string().max(200).optional(),
  })
  .prefault({});
export type ListNoticesInput = z.output<typeof listNoticesInput>;

/** `unread` counts to 100 and no further. */
export const unreadShape = z.object({ unread: z.int() });
export type Unread = z.infer<typeof unreadShape>;

/** Without `ids` every notice of the workspace. */
export const markReadInput = z.object({ ids: z.array(z.uuid()).min(1).max(200).optional() }).prefault({});
export type MarkReadInput = z.output<typeof markReadInput>;

export const webhookShape = z.object({
  id: z.uuid(),
  url: z.string(),
  kinds: z.array(z.enum(noticeKinds)),
  enabled: z.boolean(),
  /** Why it is off, when its receiver switched it off. */
  off_reason: z.string().nullable(),
  /** Until when what is sent is signed with the secret before, too. */
  previous_secret_until: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type WebhookView = z.infer<typeof webhookShape>;

export const webhookAnswerShape = z.object({
  data: webhookShape.nullable(),
  /** Whether owners and admins get notices by e-mail. */
  email: z.boolean(),
});
/** `secret` is there once: when it was made. */
export const savedWebhookShape = z.object({ data: webhookShape, secret: z.string().nullable() });
export type SavedWebhook = z.infer<typeof savedWebhookShape>;

export const setWebhookInput = z
  .object({
    url: plainText({ min: 1, max: 2_000 }),
    kinds: z.array(z.enum(noticeKinds)).min(1).max(noticeKinds.length),
    enabled: z.boolean().default(true),
    rotate_secret: z.boolean().default(false),
  })
  .transform(({ rotate_secret, kinds, ...rest }) => ({
    ...rest,
    kinds: noticeKinds.filter((kind) => kinds.includes(kind)),
    rotateSecret: rotate_secret,
  }));
export type SetWebhookInput = z.output<typeof setWebhookInput>;

export const deliveryStatuses = ["pending", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One attempt: the HTTP status it was answered with, or why there was none; `ms` is how long it took. */
export const tryShape = z.object({ at: time, status: z.int().nullable(), error: z.string().nullable(), ms: z.int() });
export type Try = z.infer<typeof tryShape>;

export const deliveryShape = z.object({
  id: z.uuid(),
  /** What the receiver sees as `webhook-id`; the same however often it is sent. */
  message_id: z.string(),
  kind: z.string(),
  channel: z.enum(noticeChannels),
  /** The e-mail address; null for the webhook. */
  recipient: z.string().nullable(),
  status: z.enum(deliveryStatuses),
  attempts: z.int(),
  next_at: time.nullable(),
  created_at: time,
  finished_at: time.nullable(),
  tries: z.array(tryShape),
});
export type DeliveryView = z.infer<typeof deliveryShape>;

export const deliveryListShape = z.object({
  data: z.array(deliveryShape),
  meta: z.object({ limit: z.int(), next_cursor: z.string().nullable() }),
});
export type DeliveryList = z.infer<typeof deliveryListShape>;

export const listDeliveriesInput = z
  .object({
    status: z.enum(deliveryStatuses).optional(),
    channel: z.enum(noticeChannels).optional(),
    limit: queryInteger(1, 200).default(20),
    cursor: z.string().max(200).optional(),
  })
  .prefault({});
export type ListDeliveriesInput = z.output<typeof listDeliveriesInput>;

export const replayInput = z.object({ id: z.uuid() });
export type ReplayInput = z.output<typeof replayInput>;
export const queuedShape = z.object({ data: z.object({ id: z.uuid(), message_id: z.string() }) });
export type Queued = z.infer<typeof queuedShape>;
