import {
  feedListShape,
  feedSwitchShape,
  listFeeds,
  listRuns,
  listRunsInput,
  requestedRunShape,
  requestRun,
  requestRunInput,
  reviewedShape,
  reviewQuarantine,
  reviewQuarantineInput,
  runListShape,
  setFeedEnabled,
  setFeedEnabledInput,
} from "@tocsin/core/runs";
import { describeKnownFeeds } from "../../settings/known-feeds";
import { bySession, router } from "../procedure";

export const feedsRouter = router({
  list: bySession({
    rest: {
      method: "GET",
      path: "/api/v1/feeds",
      operationId: "listFeeds",
      tag: "Feeds",
      summary: "List the feeds",
      description:
        "Every feed that this instance knows: its licence, whether it runs, how its last pulls went and when the next one is due.",
    },
  })
    .output(feedListShape)
    .query(async ({ ctx }) => listFeeds(ctx, await describeKnownFeeds(ctx, ctx.parts.settings))),

  runs: bySession()
    .input(listRunsInput)
    .output(runListShape)
    .query(({ ctx, input }) => listRuns(ctx, input)),

  run: bySession({ operator: true })
    .input(requestRunInput)
    .output(requestedRunShape)
    .mutation(async ({ ctx, input }) => requestRun(ctx, await describeKnownFeeds(ctx, ctx.parts.settings), input)),

  review: bySession({ operator: true })
    .input(reviewQuarantineInput)
    .output(reviewedShape)
    .mutation(({ ctx, input }) => reviewQuarantine(ctx, input)),

  setEnabled: bySession({ operator: true })
    .input(setFeedEnabledInput)
    .output(feedSwitchShape)
    .mutation(({ ctx, input }) => setFeedEnabled(ctx, input)),
});
