import {
  countUnread,
  listNotices,
  listNoticesInput,
  markRead,
  markReadInput,
  noticeListShape,
  unreadShape,
} from "@tocsin/core/notices";
import { bySession, router } from "../procedure";

export const noticesRouter = router({
  list: bySession()
    .input(listNoticesInput)
    .output(noticeListShape)
    .query(({ ctx, input }) => listNotices(ctx, input)),

  unread: bySession()
    .output(unreadShape)
    .query(({ ctx }) => countUnread(ctx)),

  markRead: bySession()
    .input(markReadInput)
    .output(unreadShape)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
});
