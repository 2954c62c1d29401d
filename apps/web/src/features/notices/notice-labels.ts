import { kindsOf } from "../../lib/tables";
import type { Outputs } from "../../lib/trpc";

export type NoticeKind = Outputs["notices"]["list"]["data"][number]["kind"];

/** What each kind is called where one chooses among them. */
export const noticeLabels = {
  "key.expiring": { label: "Key expires soon", note: "14, 3 and 1 days before its end" },
  "key.unused": { label: "Key is unused", note: "For 90 days" },
  "key.ending_unused": { label: "Unused key ends soon", note: "A week before, by the key policy" },
  "key.new_network": { label: "New network", note: "First use from a new IPv4 /24 or IPv6 /48 network" },
  "key.failures": { label: "Many refused requests", note: "50 refused requests of one key in 5 minutes" },
  "key.leaked": { label: "Leaked secret", note: "A key or management token was reported as leaked" },
  "quota.warning": { label: "Quota almost used", note: "80% of the day's requests" },
  "quota.reached": { label: "Quota used up", note: "100% of the day's requests" },
  "feed.held": { label: "Feed held back", note: "For operators: the content differs too much from the usual" },
  "watchlist.match": { label: "Watchlist match", note: "A new indicator or article matches a watchlist" },
  "feed.failing": { label: "Feed failing", note: "For operators: 5 failed pulls in a row" },
} as const satisfies Record<NoticeKind, { label: string; note: string }>;

export const noticeKindNames = kindsOf(noticeLabels);
