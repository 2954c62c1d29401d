import { z } from "zod";
import { plainText } from "../errors";
import { countOf, timeOf, uuid } from "../values";
import { matchShape } from "./match-shape";
import { exampleEntryId, success } from "./shape";

/** Matches that one request changes at most, and comments that one match has at most. */
export const mostAtOnce = 10_000;
export const mostComments = 200;

const number = z.string().regex(/^[0-9]{1,18}$/);
const several = (of: z.ZodString | typeof uuid, most: number) => z.array(of).min(1).max(most).optional();

export const triageInput = z
  .object({
    ids: several(number, mostAtOnce).meta({
      description: `Matches by their ids, 1 to ${mostAtOnce}.`,
      example: ["1042"],
    }),
    entry_ids: several(uuid, 1_000).meta({
      description: "All matches of these entries, 1 to 1000.",
      example: [exampleEntryId],
    }),
    subject_ids: several(uuid, 1_000).meta({
      description: "All matches of these indicators and articles, 1 to 1000.",
      example: ["6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11"],
    }),
    acknowledged: z.boolean().optional().meta({
      description: "`true` acknowledges the matches, `false` opens them again.",
      example: true,
    }),
    assigned_to: z.string().min(1).max(254).nullish().meta({
      description: "The e-mail address of the member who looks into them; null means nobody.",
      example: "ada@example.org",
    }),
  })
  .refine((input) => [input.ids, input.entry_ids, input.subject_ids].filter(Boolean).length === 1, {
    path: ["ids"],
    message: "or entry_ids or subject_ids is needed, and one of them alone",
  })
  .refine(({ acknowledged, assigned_to }) => acknowledged !== undefined || assigned_to !== undefined, {
    path: ["acknowledged"],
    message: "or assigned_to is needed",
  })
  .meta({
    id: "TriageMatches",
    description: "Which matches, of any watchlist of the workspace, and what becomes of them.",
    example: { ids: ["1042"], acknowledged: true },
  });
export type TriageInput = z.output<typeof triageInput>;

export const triagedShape = z
  .object({
    success,
    changed: countOf("How many matches were changed.", 1),
    ids: z.array(z.string()).meta({ description: "Which ones, by their ids: what undoes it.", example: ["1042"] }),
    more: z.boolean().meta({
      description: `Whether there are more to change: one request changes ${mostAtOnce} at most.`,
      example: false,
    }),
  })
  .meta({ id: "TriagedMatches", description: "That the matches are changed." });
export type Triaged = z.infer<typeof triagedShape>;

/** Not checked as a number: an id that cannot exist is answered like one that does not. */
const matchId = z
  .string()
  .max(100)
  .meta({ description: "The id of the match.", example: "1042", parameter: "MatchId" });
export const matchPathInput = z.object({ matchId });
export type MatchPath = z.output<typeof matchPathInput>;

const commentShape = z
  .object({
    id: z.string().meta({ description: "The number of the comment, as text.", example: "7" }),
    author: z.string().meta({ description: "Who wrote it, by e-mail address.", example: "ada@example.org" }),
    text: z.string().meta({ description: "What it says.", example: "Ours, it belongs to the test lab." }),
    created_at: timeOf("When it was written."),
  })
  .meta({ id: "MatchComment", description: "What somebody in the workspace says of a match." });
export type MatchComment = z.infer<typeof commentShape>;

export const matchDetailsShape = z
  .object({
    data: matchShape,
    comments: z.array(commentShape).meta({ description: "What is said of it, oldest first." }),
  })
  .meta({ id: "MatchDetails", description: "A match with its comments." });
export type MatchDetails = z.infer<typeof matchDetailsShape>;

export const commentInput = z
  .object({
    matchId,
    text: plainText({ min: 1, max: 2_000, multiline: true }).meta({
      description: "What is to be said, 1 to 2,000 characters.",
      example: "Ours, it belongs to the test lab.",
    }),
  })
  .meta({ id: "CommentOnMatch", description: "A comment." });
export type CommentInput = z.output<typeof commentInput>;
export const commentedShape = z
  .object({ data: commentShape })
  .meta({ id: "CommentedMatch", description: "The comment as it is kept." });
