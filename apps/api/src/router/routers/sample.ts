import {
  getSample,
  loadSample,
  removeSample,
  sampleLoadedShape,
  sampleRemovedShape,
  sampleShape,
} from "@tocsin/core/sample";
import { feedStandings } from "../../settings/feed-standings";
import { bySession, router } from "../procedure";

export const sampleRouter = router({
  get: bySession()
    .output(sampleShape)
    .query(({ ctx }) => getSample(ctx)),

  load: bySession({ operator: true })
    .output(sampleLoadedShape)
    .mutation(async ({ ctx }) => loadSample(ctx, await feedStandings(ctx))),

  remove: bySession({ operator: true })
    .output(sampleRemovedShape)
    .mutation(async ({ ctx }) => removeSample(ctx, await feedStandings(ctx))),
});
