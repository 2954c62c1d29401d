import {
  feedListShape,
  feedSwitchShape,
  listFeeds,
  listRuns,
  listRunsInput,
  requestedRunShape,
  requestRun,
  requestRunInput,
  runListShape,
  setFeedEnabled,
  setFeedEnabledInput,
} from "@tocsin/core/runs";
import { describeFeeds, selectFeeds } from "@tocsin/feeds";
import type { Settings } from "../../settings";
import { bySession, router } from "../trpc";

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
    .query(({ ctx }) => listFeeds(ctx, describedBy(ctx.parts.settings))),

  runs: bySession()
    .input(listRunsInput)
    .output(runListShape)
    .query(({ ctx, input }) => listRuns(ctx, input)),

  run: bySession({ operator: true })
    .input(requestRunInput)
    .output(requestedRunShape)
    .mutation(({ ctx, input }) => requestRun(ctx, describedBy(ctx.parts.settings), input)),

  setEnabled: bySession({ operator: true })
    .input(setFeedEnabledInput)
    .output(feedSwitchShape)
    .mutation(({ ctx, input }) => setFeedEnabled(ctx, input)),
});

/** What code knows of each feed under these settings. */
export function describedBy(settings: Settings) {
  const { feedKeys: keys, feedMirror: mirror } = settings;
  return describeFeeds(selectFeeds(settings.feeds, { mirror }), { keys, mirror });
}
