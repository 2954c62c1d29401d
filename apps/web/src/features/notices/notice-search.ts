import { choiceParam } from "../../lib/search-params";
import { type NoticeKind, noticeKindNames } from "./notice-labels";

/** What the address of the notices page says. */
export type NoticeSearch = { kind?: NoticeKind; show?: "unread" };

export function noticeSearch(search: Record<string, unknown>): NoticeSearch {
  return { ...choiceParam(search, "kind", noticeKindNames), ...choiceParam(search, "show", ["unread"] as const) };
}
