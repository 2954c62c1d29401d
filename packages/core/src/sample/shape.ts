import { z } from "zod";
import { timeOrNull, uuid } from "../values";

export const sampleStates = ["none", "loading", "loaded", "removing"] as const;

/** Whether the sample set is here, and what of the caller's workspace belongs to it. */
export const sampleShape = z.object({
  data: z.object({
    state: z.enum(sampleStates).meta({
      description:
        "`none`: not loaded; `loading`, `removing`: under way, or stopped before its end: ask for it again to go on.",
    }),
    loaded_at: timeOrNull("When it was loaded; null where it is not."),
    loaded_by: z.string().nullable().meta({ description: "Who loaded it." }),
    feed_ids: z.array(z.string()).meta({ description: "Its feeds." }),
    key_ids: z.array(uuid).meta({ description: "Its keys in this workspace." }),
    watchlist_ids: z.array(uuid).meta({ description: "Its watchlists in this workspace." }),
  }),
});
export type SampleAnswer = z.infer<typeof sampleShape>;

export const sampleLoadedShape = z.object({
  data: z.object({
    already: z.boolean().meta({ description: "Whether it was loaded before: nothing has changed." }),
    iocs: z.int().meta({ description: "Values that it brought." }),
    articles: z.int().meta({ description: "Articles that it brought." }),
    keys: z.int().meta({ description: "Keys that it brought." }),
    watchlists: z.int().meta({ description: "Watchlists that it brought." }),
    notes: z.array(z.string()).meta({ description: "What was left out, and why." }),
  }),
});
export type SampleLoaded = z.infer<typeof sampleLoadedShape>;

export const sampleRemovedShape = z.object({
  data: z.object({
    iocs: z.int().meta({ description: "Values that it had a say in." }),
    withdrawn: z.int().meta({ description: "Those of them that no other source reports." }),
    articles: z.int().meta({ description: "Articles that were deleted." }),
    keys: z.int().meta({ description: "Keys that were revoked and deleted." }),
  }),
});
export type SampleRemoved = z.infer<typeof sampleRemovedShape>;
