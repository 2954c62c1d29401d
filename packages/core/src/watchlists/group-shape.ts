import { z } from "zod";
import { queryInteger } from "../errors";
import { countOf, longestId, nextCursor, timeOf, uuid } from "../values";
import { matchFilters, matchShape } from "./match-shape";
import { exampleEntryId, exampleListId } from "./shape";

export const groupMatchesInput = z.object({
  by: z.enum(["entry", "subject"]).meta({
    description: "What the matches of a group have in common: the `entry`, or the indicator or article (`subject`).",
    example: "entry",
  }),
  watchlist_id: z.string().max(longestId).optional().meta({
    description: "Only matches of this watchlist, by its id.",
    example: exampleListId,
  }),
  ...matchFilters,
  limit: queryInteger(1, 500).default(100).meta({ description: "Most groups to answer, 1 to 500.", example: 100 }),
  cursor: z.string().max(40).optional().meta({
    description: "`meta.next_cursor` of the page before, with the same filters.",
    example: "g77.1042",
  }),
});
export type GroupMatchesInput = z.output<typeof groupMatchesInput>;

export const matchGroupListShape = z
  .object({
    data: z
      .array(
        z
          .object({
            id: uuid.meta({
              description: "The id of the entry, or of the indicator or article, as `by` says.",
              example: exampleEntryId,
            }),
            matches: countOf("How many matches it has, of those that the filter takes.", 7),
            open: countOf("How many of them are open.", 2),
            partners: countOf(
              "How many different indicators and articles match the entry, or how many entries the indicator or article matches.",
              7,
            ),
            risk: z.int().nullable().meta({
              description: "The highest risk of its matches, 0 to 100; null where nothing of them is stored any more.",
              example: 77,
            }),
            last_at: timeOf("When one of its matches last changed here."),
            latest: matchShape.meta({ description: "Its newest match." }),
          })
          .meta({ id: "MatchGroup", description: "Matches that have an entry, an indicator or an article in common." }),
      )
      .meta({ description: "The groups, highest risk first." }),
    meta: z
      .object({ limit: countOf("The limit in effect.", 100), next_cursor: nextCursor })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "MatchGroupList", description: "A page of groups of matches." });
export type MatchGroupList = z.infer<typeof matchGroupListShape>;
