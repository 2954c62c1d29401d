import {
  addOwnFeed,
  addOwnFeedInput,
  changeOwnFeed,
  changeOwnFeedInput,
  getOwnFeed,
  ownFeedAnswerShape,
  ownFeedIdInput,
  previewFeedInput,
  previewShape,
  removedFeedShape,
  removeOwnFeed,
  requireFeedUrl,
  secretForPreview,
} from "@tocsin/core/own-feeds";
import { previewFeed } from "@tocsin/feeds";
import { bySession, router } from "../procedure";

const byOperator = () => bySession({ operator: true });

/** The feeds that operators describe themselves, for the dashboard. */
export const ownFeedsRouter = router({
  get: byOperator()
    .input(ownFeedIdInput)
    .output(ownFeedAnswerShape)
    .query(({ ctx, input }) => getOwnFeed(ctx, input)),

  add: byOperator()
    .input(addOwnFeedInput)
    .output(ownFeedAnswerShape)
    .mutation(({ ctx, input }) => addOwnFeed(ctx, input, ctx.parts.settings)),

  change: byOperator()
    .input(changeOwnFeedInput)
    .output(ownFeedAnswerShape)
    .mutation(({ ctx, input }) => changeOwnFeed(ctx, input, ctx.parts.settings)),

  remove: byOperator()
    .input(ownFeedIdInput)
    .output(removedFeedShape)
    .mutation(({ ctx, input }) => removeOwnFeed(ctx, input)),

  preview: byOperator()
    .input(previewFeedInput)
    .output(previewShape)
    .mutation(async ({ ctx, input, signal }) => {
      requireFeedUrl(input.url, input.auth, ctx.parts.settings);
      const secret = await secretForPreview(ctx, input);
      const options = { signal: signal ?? new AbortController().signal };
      return previewFeed({ ...input, secret }, ctx.parts.feedSettings, options);
    }),
});
