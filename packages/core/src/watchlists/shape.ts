import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { riskLevels } from "../iocs";
import { entryKinds, reasons } from "../matching";
import { confidences, iocTypes } from "../values";

const time = z.iso.datetime();

/** Days of the small chart, today included. */
export const chartDays = 14;
/** Lines that one paste may have, and ids that one request may name. */
export const maxLines = 10_000;

export const watchlistShape = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  notify: z.boolean(),
  created_at: time,
  created_by: z.string(),
  updated_at: time,
  /** `comparing`: those that are still to be compared with all that is stored. */
  entries: z.object({ total: z.int(), comparing: z.int() }),
  /** `open`: not acknowledged; `unlisted`: found beyond the most that is kept of one entry. */
  matches: z.object({
    total: z.int(),
    open: z.int(),
    unlisted: z.int(),
    last_at: time.nullable(),
    by_day: z.array(z.object({ date: z.iso.date(), count: z.int() })),
  }),
});
export type WatchlistView = z.infer<typeof watchlistShape>;

export const watchlistAnswerShape = z.object({ data: watchlistShape });
export const watchlistListShape = z.object({
  data: z.array(watchlistShape),
  /** Of all lists together, and what the plan allows. */
  meta: z.object({
    total: z.int(),
    watchlists_limit: z.int(),
    entries: z.int(),
    entries_limit: z.int(),
  }),
});
export type WatchlistList = z.infer<typeof watchlistListShape>;

/** Not checked as a UUID: an id that cannot exist is answered like one that does not. */
const watchlistId = z.string().meta({ format: "uuid", description: "The id of the watchlist." });
export const watchlistPathInput = z.object({ watchlistId });
export type WatchlistPath = z.output<typeof watchlistPathInput>;

const fields = {
  name: plainText({ min: 1, max: 100 }).meta({ description: "What the list is, 1 to 100 characters." }),
  description: plainText({ max: 500, multiline: true }).nullish().meta({ description: "At most 500 characters." }),
  enabled: z.boolean().meta({ description: "Whether anything is compared with the list." }),
  notify: z.boolean().meta({ description: "Whether matches make notices, and so webhooks and e-mail." }),
};

export const createWatchlistInput = z.object({
  ...fields,
  enabled: fields.enabled.default(true),
  notify: fields.notify.default(true),
});
export type CreateWatchlistInput = z.output<typeof createWatchlistInput>;

export const updateWatchlistInput = z.object({
  watchlistId,
  name: fields.name.optional(),
  description: fields.description,
  enabled: fields.enabled.optional(),
  notify: fields.notify.optional(),
});
export type UpdateWatchlistInput = z.output<typeof updateWatchlistInput>;

export const deletedShape = z.object({ success: z.literal(true) });

export const entryShape = z.object({
  id: z.uuid(),
  kind: z.enum(entryKinds),
  value: z.string(),
  /** Of a single value. */
  type: z.enum(iocTypes).nullable(),
  subdomains: z.boolean(),
  lookalikes: z.boolean(),
  note: z.string().nullable(),
  created_at: time,
  /** null until it has been compared with all that was stored. */
  compared_at: time.nullable(),
  matches: z.int(),
  unlisted: z.int(),
});
export type EntryView = z.infer<typeof entryShape>;

export const entryListShape = z.object({
  data: z.array(entryShape),
  meta: z.object({ total: z.int(), limit: z.int(), next_cursor: z.string().nullable() }),
});
export type EntryList = z.infer<typeof entryListShape>;

export const listEntriesInput = z.object({
  watchlistId,
  kind: z.enum(entryKinds).optional().meta({ description: "Only entries of this kind." }),
  q: plainText({ max: 100 }).optional().meta({ description: "Only entries whose value or note holds this text." }),
  limit: queryInteger(1, 1_000).default(100),
  cursor: z.string().max(200).optional(),
});
export type ListEntriesInput = z.output<typeof listEntriesInput>;

const pasteFormats = ["lines", "csv"] as const;

export const addEntriesInput = z
  .object({
    watchlistId,
    text: z
      .string()
      .min(1)
      .max(1_000_000)
      .meta({
        description: `One entry a line, at most ${maxLines} lines; what begins with # is a comment. As \`csv\` with a header: value, and if wanted kind, note, subdomains, lookalikes.`,
        example: "192.0.2.0/24\nexample.org\nterm: Example Corp",
      }),
    format: z.enum(pasteFormats).default("lines").meta({ description: "How the text is written." }),
    kind: z.enum(entryKinds).optional().meta({ description: "What every line is; absent: found out for each line." }),
    subdomains: z.boolean().default(true).meta({ description: "Whether names under a domain match." }),
    lookalikes: z.boolean().default(false).meta({ description: "Whether names that look like a domain match." }),
    note: plainText({ max: 200 }).nullish().meta({ description: "A note for every entry, at most 200 characters." }),
    dry_run: z.boolean().default(false).meta({ description: "Read and answer, but keep nothing." }),
  })
  .transform(({ dry_run, ...rest }) => ({ ...rest, dryRun: dry_run }));
export type AddEntriesInput = z.output<typeof addEntriesInput>;

const lineOutcomes = ["added", "updated", "already", "refused"] as const;
export const addedEntriesShape = z.object({
  data: z.array(
    z.object({
      line: z.int(),
      text: z.string(),
      outcome: z.enum(lineOutcomes),
      kind: z.enum(entryKinds).nullable(),
      value: z.string().nullable(),
      problem: z.string().nullable(),
      allowed: z.string().nullable(),
    }),
  ),
  meta: z.object({
    added: z.int(),
    updated: z.int(),
    already: z.int(),
    refused: z.int(),
    dry_run: z.boolean(),
    entries: z.int(),
    entries_limit: z.int(),
  }),
});
export type AddedEntries = z.infer<typeof addedEntriesShape>;

export const removeEntriesInput = z.object({
  watchlistId,
  ids: z.array(z.uuid()).min(1).max(maxLines).meta({ description: "The ids of the entries." }),
});
export type RemoveEntriesInput = z.output<typeof removeEntriesInput>;
export const removedEntriesShape = z.object({ success: z.literal(true), removed: z.int() });

export const matchShape = z.object({
  /** Numbers go up in the order in which matches were found. */
  id: z.string(),
  watchlist: z.object({ id: z.uuid(), name: z.string() }),
  entry: z.object({ id: z.uuid(), kind: z.enum(entryKinds), value: z.string(), note: z.string().nullable() }),
  reason: z.enum(reasons),
  subject: z.enum(["ioc", "article"]),
  ioc: z
    .object({
      id: z.uuid(),
      type: z.enum(iocTypes),
      value: z.string(),
      confidence: z.enum(confidences),
      risk_score: z.int(),
      risk_level: z.enum(riskLevels.map(({ level }) => level)),
      threat_type: z.string().nullable(),
      malware_family: z.string().nullable(),
      /** Names of the warninglists that it is on. */
      warnings: z.array(z.string()),
      last_seen: time,
      /** Since when no source stands for it any more. */
      withdrawn_at: time.nullable(),
    })
    .nullable(),
  article: z
    .object({
      id: z.uuid(),
      title: z.string(),
      url: z.string(),
      published_at: time,
      severity_score: z.number(),
      severity_label: z.string(),
    })
    .nullable(),
  /** Stored already when the entry was added: nobody was notified. */
  held: z.boolean(),
  matched_at: time,
  /** When it last changed here and still matched. */
  last_at: time,
  acknowledged_at: time.nullable(),
  acknowledged_by: z.string().nullable(),
});
export type MatchView = z.infer<typeof matchShape>;

export const matchListShape = z.object({
  data: z.array(matchShape),
  meta: z.object({ limit: z.int(), next_cursor: z.string().nullable() }),
});
export type MatchList = z.infer<typeof matchListShape>;

const matchStatuses = ["open", "acknowledged"] as const;
const matchFilters = {
  status: z.enum(matchStatuses).optional().meta({ description: "Only matches in this state." }),
  kind: z.enum(entryKinds).optional().meta({ description: "Only matches of entries of this kind." }),
  order: z.enum(["newest", "oldest"]).default("newest").meta({
    description:
      "Newest first, or oldest first. With `oldest` there is always a `meta.next_cursor` once there is a match: keep it, and the next poll gets what came after.",
  }),
  limit: queryInteger(1, 1_000).default(100),
  cursor: z.string().max(40).optional(),
};
export const listMatchesInput = z.object({ watchlistId, ...matchFilters });
export const listAllMatchesInput = z.object(matchFilters).prefault({});
export type ListMatchesInput = z.output<typeof listAllMatchesInput> & { watchlistId?: string };

export const acknowledgeInput = z.object({
  watchlistId,
  ids: z
    .array(z.string().regex(/^[0-9]{1,18}$/))
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: "The ids of the matches; absent: all that are open." }),
  acknowledged: z.boolean().default(true).meta({ description: "false opens them again." }),
});
export type AcknowledgeInput = z.output<typeof acknowledgeInput>;
export const acknowledgedShape = z.object({ success: z.literal(true), changed: z.int() });
