import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { riskLevelShape } from "../iocs";
import { entryKinds, reasons } from "../matching";
import {
  commaList,
  confidenceShape,
  countOf,
  iocTypeShape,
  iocTypes,
  longestId,
  nextCursor,
  timeOf,
  timeOrNull,
  uuid,
} from "../values";
import { exampleEntryId, exampleListId, kindShape, noteOf, success, watchlistId } from "./shape";

export const matchShape = z
  .object({
    id: z
      .string()
      .meta({ description: "The number of the match, as text; later matches have higher ones.", example: "1042" }),
    watchlist: z
      .object({
        id: uuid.meta({ description: "Its id.", example: exampleListId }),
        name: z.string().meta({ description: "Its name.", example: "Our domains" }),
      })
      .meta({ description: "The watchlist." }),
    entry: z
      .object({
        id: uuid.meta({ description: "Its id.", example: exampleEntryId }),
        kind: kindShape,
        value: z.string().meta({ description: "What is watched for.", example: "example.org" }),
        note: noteOf("Its note; null where there is none."),
      })
      .meta({ description: "The entry that matches." }),
    reason: z.enum(reasons).meta({
      description:
        "Why it matches: the same value (`exact`), within or around the network, a name below the domain, the host of a URL, the domain of an e-mail address, a term in the text, or one of the rules for look-alikes.",
      example: "subdomain",
    }),
    subject: z
      .enum(["ioc", "article"])
      .meta({ description: "What matched: an indicator (`ioc`) or an article (`article`).", example: "ioc" }),
    ioc: z
      .object({
        id: uuid.meta({ description: "Its id.", example: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11" }),
        type: iocTypeShape.meta({ description: "What the value is." }),
        value: z
          .string()
          .meta({ description: "The value, normalised and not defanged.", example: "login.example.org" }),
        confidence: confidenceShape,
        risk_score: z.int().meta({ description: "Its risk score, 0 to 100.", example: 77 }),
        risk_level: riskLevelShape,
        threat_type: z
          .string()
          .nullable()
          .meta({ description: "What it does, in a source's words; null where none says.", example: "phishing" }),
        malware_family: z
          .string()
          .nullable()
          .meta({ description: "The malware that it belongs to; null where no source names one.", example: null }),
        warnings: z.array(z.string()).meta({
          description: "The names of the warninglists that make it a probable false positive.",
          example: [],
        }),
        last_seen: timeOf("When a source last saw it."),
        withdrawn_at: timeOrNull("Since when no source stands for it any more; null while one does.", null),
      })
      .nullable()
      .meta({ description: "The indicator that matched; null where an article did." }),
    article: z
      .object({
        id: uuid.meta({ description: "Its id.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
        title: z.string().meta({ description: "Its title.", example: "A new wiper" }),
        url: z.string().meta({ description: "Its address.", example: "https://news.example/wiper" }),
        published_at: timeOf("When it was published."),
        severity_score: z.number().meta({ description: "How severe it is, 0 to 10.", example: 7.5 }),
        severity_label: z.string().meta({ description: "The same in one word.", example: "high" }),
      })
      .nullable()
      .meta({ description: "The article that matched; null where an indicator did.", example: null }),
    held: z.boolean().meta({
      description: "Whether it was stored already when the entry was added, so that no notice was made.",
      example: false,
    }),
    matched_at: timeOf("When the match was found."),
    last_at: timeOf("When what matched last changed here and still matched."),
    acknowledged_at: timeOrNull("When somebody acknowledged the match; null while it is open.", null),
    acknowledged_by: z
      .string()
      .nullable()
      .meta({ description: "Who did, by name; null while it is open.", example: null }),
    assigned_to: z.string().nullable().meta({
      description: "The member who looks into it, by e-mail address; null where nobody was named.",
      example: "ada@example.org",
    }),
    comments: countOf("How many comments it has.", 0),
  })
  .meta({ id: "WatchlistMatch", description: "Something that matches an entry of a watchlist." });
export type MatchView = z.infer<typeof matchShape>;

export const matchListShape = z
  .object({
    data: z.array(matchShape).meta({ description: "The matches, in the order of `order`." }),
    meta: z
      .object({
        limit: countOf("The limit in effect.", 100),
        next_cursor: nextCursor.meta({
          description:
            "What `cursor` asks for the next page with; null on the last page. With `order=oldest` it is there once there is a match.",
        }),
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "MatchList", description: "A page of matches." });
export type MatchList = z.infer<typeof matchListShape>;

const matchStatuses = ["open", "acknowledged"] as const;

/** What a list of matches, of either form, is filtered by. */
export const matchFilters = {
  status: z.enum(matchStatuses).optional().meta({
    description: "Only matches in this state.",
    example: "open",
    parameter: "MatchStatus",
  }),
  kind: z.enum(entryKinds).optional().meta({
    description: "Only matches of entries of this kind.",
    example: "network",
    parameter: "MatchKind",
  }),
  entry_id: z.string().max(longestId).optional().meta({
    description: "Only matches of this entry, by its id.",
    example: exampleEntryId,
    parameter: "MatchEntry",
  }),
  subject_id: z.string().max(longestId).optional().meta({
    description: "Only matches that found this indicator or article, by its id.",
    example: "6f1d8d1a-58a4-5d3f-9c9b-0f4f0f7c2a11",
    parameter: "MatchSubject",
  }),
  type: commaList(iocTypes, {
    description: "Only matches of indicators of these types, one or several with commas between them.",
    parameter: "MatchTypes",
  }).optional(),
  min_risk: queryInteger(0, 100).optional().meta({
    description:
      "Only matches whose indicator has this risk score or a higher one; of an article ten times its severity counts.",
    example: 60,
    parameter: "MatchMinRisk",
  }),
  lookalikes: z.enum(["only", "without"]).optional().meta({
    description: "`only` matches of names that look like a domain, or all `without` those.",
    example: "without",
    parameter: "MatchLookalikes",
  }),
  assigned_to: plainText({ min: 1, max: 254 }).optional().meta({
    description: "Only matches that this member looks into, by e-mail address; `nobody`: only those without one.",
    example: "ada@example.org",
    parameter: "MatchAssignee",
  }),
};
const filterShape = z.object(matchFilters);
export type MatchFilters = z.output<typeof filterShape>;

export const matchOrders = ["newest", "oldest", "risk"] as const;
export type MatchOrder = (typeof matchOrders)[number];
const pageOfMatches = {
  ...matchFilters,
  order: z.enum(matchOrders).default("newest").meta({
    description:
      "Newest first, oldest first, or highest risk first. With `oldest` there is always a `meta.next_cursor` once there is a match: keep it, and the next poll gets what came after.",
    example: "newest",
    parameter: "MatchOrder",
  }),
  limit: queryInteger(1, 1_000).default(100).meta({
    description: "Most matches to answer, 1 to 1000.",
    example: 100,
    parameter: "MatchLimit",
  }),
  cursor: z.string().max(40).optional().meta({
    description: "`meta.next_cursor` of the page before, in the same order.",
    example: "n1042",
    parameter: "MatchCursor",
  }),
};
export const listMatchesInput = z.object({ watchlistId, ...pageOfMatches });
export const listAllMatchesInput = z.object(pageOfMatches).prefault({});
export type ListMatchesInput = z.output<typeof listAllMatchesInput> & { watchlistId?: string };

export const acknowledgeInput = z
  .object({
    watchlistId,
    ids: z
      .array(z.string().regex(/^[0-9]{1,18}$/))
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: "The ids of the matches, 1 to 1000. Absent: all that are open.", example: ["1042"] }),
    acknowledged: z
      .boolean()
      .default(true)
      .meta({ description: "`true` acknowledges them, `false` opens them again.", example: true }),
  })
  .meta({ id: "AcknowledgeMatches", description: "Which matches to acknowledge, or to open again." });
export type AcknowledgeInput = z.output<typeof acknowledgeInput>;
export const acknowledgedShape = z
  .object({ success, changed: countOf("How many matches were changed.", 1) })
  .meta({ id: "AcknowledgedMatches", description: "That the matches are changed." });
