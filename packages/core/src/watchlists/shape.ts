import { z } from "zod";
import { plainText, queryInteger } from "../errors";
import { entryKinds } from "../matching";
import { countOf, iocTypeShape, longestId, nextCursor, timeOf, timeOrNull, totalExact, utcDay, uuid } from "../values";

export const exampleListId = "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a11";
export const exampleEntryId = "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a12";
export const noteOf = (description: string) => z.string().nullable().meta({ description, example: "Our mail servers" });

export const kindShape = z.enum(entryKinds).meta({
  id: "EntryKind",
  description:
    "What an entry is: `network` an address or a network, `domain` a domain, `value` any other indicator, `term` a word or a name.",
  example: "domain",
});

/** Days of the small chart, today included. */
export const chartDays = 14;
/** Lines that one paste may have, and ids that one request may name. */
export const maxLines = 10_000;

export const watchlistShape = z
  .object({
    id: uuid.meta({ description: "The id of the watchlist.", example: exampleListId }),
    name: z.string().meta({ description: "What the list is, as it was written.", example: "Our domains" }),
    description: z.string().nullable().meta({
      description: "More about it; null where there is none.",
      example: "Domains that we own, and their look-alikes",
    }),
    enabled: z.boolean().meta({ description: "Whether indicators and articles are compared with it.", example: true }),
    notify: z
      .boolean()
      .meta({ description: "Whether its matches make notices, and so webhooks and e-mail.", example: true }),
    created_at: timeOf("When it was created."),
    created_by: z.string().meta({ description: "Who created it, by name.", example: "Ada Example" }),
    updated_at: timeOf("When it was last changed."),
    entries: z
      .object({
        total: countOf("How many entries it has.", 12),
        comparing: countOf("How many of them are still to be compared with all that is stored.", 0),
      })
      .meta({ description: "About its entries." }),
    matches: z
      .object({
        total: countOf("How many matches are kept.", 7),
        open: countOf("How many of them are not acknowledged.", 2),
        unlisted: countOf("How many more were found, beyond the most that is kept of one entry.", 0),
        last_at: timeOrNull("When something last matched; null if nothing ever did."),
        by_day: z
          .array(
            z
              .object({ date: utcDay, count: countOf("Matches that were found on it.", 1) })
              .meta({ id: "DailyMatches", description: "The matches of one UTC day." }),
          )
          .meta({ description: `The last ${chartDays} UTC days, oldest first, today included.` }),
      })
      .meta({ description: "About its matches." }),
  })
  .meta({ id: "Watchlist", description: "A list of what a workspace watches for." });
export type WatchlistView = z.infer<typeof watchlistShape>;

export const watchlistAnswerShape = z
  .object({ data: watchlistShape })
  .meta({ id: "WatchlistAnswer", description: "One watchlist." });
export const watchlistListShape = z
  .object({
    data: z.array(watchlistShape).meta({ description: "All watchlists of the workspace." }),
    meta: z
      .object({
        total: countOf("How many there are.", 2),
        watchlists_limit: countOf("How many the tier allows.", 20),
        entries: countOf("Entries of all of them together.", 12),
        entries_limit: countOf("How many entries the tier allows for all of them together.", 10_000),
      })
      .meta({ description: "All lists together, and what the tier allows." }),
  })
  .meta({ id: "WatchlistList", description: "The watchlists." });
export type WatchlistList = z.infer<typeof watchlistListShape>;

/** Not checked as a UUID: an id that cannot exist is answered like one that does not. */
export const watchlistId = z.string().max(longestId).meta({
  format: "uuid",
  description: "The id of the watchlist, a UUID.",
  example: exampleListId,
  parameter: "WatchlistId",
});
export const watchlistPathInput = z.object({ watchlistId });
export type WatchlistPath = z.output<typeof watchlistPathInput>;

const fields = {
  name: plainText({ min: 1, max: 100 }).meta({
    description: "What the list is: 1 to 100 characters on one line.",
    example: "Our domains",
  }),
  description: plainText({ max: 500, multiline: true }).nullish().meta({
    description: "More about it, at most 500 characters; null means none.",
    example: "Domains that we own, and their look-alikes",
  }),
  enabled: z.boolean().meta({ description: "Whether indicators and articles are compared with it.", example: true }),
  notify: z
    .boolean()
    .meta({ description: "Whether its matches make notices, and so webhooks and e-mail.", example: true }),
};

export const createWatchlistInput = z
  .object({
    ...fields,
    enabled: fields.enabled.default(true),
    notify: fields.notify.default(true),
  })
  .meta({ id: "CreateWatchlist", description: "The watchlist to create." });
export type CreateWatchlistInput = z.output<typeof createWatchlistInput>;

export const updateWatchlistInput = z
  .object({
    watchlistId,
    name: fields.name.optional(),
    description: fields.description,
    enabled: fields.enabled.optional(),
    notify: fields.notify.optional(),
  })
  .meta({ id: "UpdateWatchlist", description: "What to change; what is absent stays as it is." });
export type UpdateWatchlistInput = z.output<typeof updateWatchlistInput>;

export const success = z.literal(true).meta({ description: "Always true." });

export const deletedShape = z.object({ success }).meta({ id: "Deleted", description: "That it is deleted." });

export const entryShape = z
  .object({
    id: uuid.meta({ description: "The id of the entry.", example: exampleEntryId }),
    kind: kindShape,
    value: z.string().meta({ description: "What is watched for, normalised.", example: "example.org" }),
    type: iocTypeShape.nullable().meta({
      description: "What the value is, of an entry of kind `value`; null of the other kinds.",
      example: null,
    }),
    subdomains: z.boolean().meta({ description: "Whether names below the domain match.", example: true }),
    lookalikes: z.boolean().meta({ description: "Whether names that look like the domain match.", example: false }),
    note: noteOf("A note of the workspace; null where there is none."),
    created_at: timeOf("When it was added."),
    compared_at: timeOrNull("When it had been compared with all that was stored; null until then."),
    matches: countOf("How many matches are kept.", 3),
    unlisted: countOf("How many more were found, beyond the most that is kept of one entry.", 0),
  })
  .meta({ id: "WatchlistEntry", description: "An entry of a watchlist." });
export type EntryView = z.infer<typeof entryShape>;

export const entryListShape = z
  .object({
    data: z.array(entryShape).meta({ description: "The entries, newest first." }),
    meta: z
      .object({
        total: countOf("Entries that match, on all pages; no more than 10000 are counted.", 12),
        total_exact: totalExact,
        limit: countOf("The limit in effect.", 100),
        next_cursor: nextCursor,
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "EntryList", description: "A page of entries." });
export type EntryList = z.infer<typeof entryListShape>;

export const listEntriesInput = z.object({
  watchlistId,
  kind: z.enum(entryKinds).optional().meta({ description: "Only entries of this kind.", example: "network" }),
  q: plainText({ max: 100 }).optional().meta({
    description: "Only entries whose value or note holds this text, at most 100 characters.",
    example: "example",
  }),
  limit: queryInteger(1, 1_000).default(100).meta({ description: "Most entries to answer, 1 to 1000.", example: 100 }),
  cursor: z.string().max(200).optional().meta({
    description: "`meta.next_cursor` of the page before.",
    example: "1795253400000.7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a12",
  }),
});
export type ListEntriesInput = z.output<typeof listEntriesInput>;

const pasteFormats = ["lines", "csv"] as const;

/** A text of entries, and how it is to be read. */
export const pasteFields = {
  text: z
    .string()
    .min(1)
    .max(1_000_000)
    .meta({
      description: `One entry a line, at most ${maxLines} lines; what begins with # is a comment. As \`csv\` with a header: value, and if wanted kind, note, subdomains, lookalikes.`,
      example: "192.0.2.0/24\nexample.org\nterm: Example Corp",
    }),
  format: z
    .enum(pasteFormats)
    .default("lines")
    .meta({ description: "How the text is written: an entry a line, or CSV with a header.", example: "lines" }),
  kind: kindShape
    .optional()
    .meta({ description: "What every line is. Absent: found out for each line.", example: "domain" }),
};

export const addEntriesInput = z
  .object({
    watchlistId,
    ...pasteFields,
    subdomains: z.boolean().default(true).meta({ description: "Whether names below a domain match.", example: true }),
    lookalikes: z
      .boolean()
      .default(false)
      .meta({ description: "Whether names that look like a domain match.", example: false }),
    note: plainText({ max: 200 }).nullish().meta({
      description: "A note for every entry, at most 200 characters; null means none.",
      example: "Our mail servers",
    }),
    dry_run: z
      .boolean()
      .default(false)
      .meta({ description: "Whether only to read the text and answer, and to keep nothing.", example: false }),
  })
  .meta({
    id: "AddEntries",
    description: "The entries to add.",
    example: { text: "192.0.2.0/24\nexample.org\nterm: Example Corp", lookalikes: true, note: "Our mail servers" },
  })
  .transform(({ dry_run, ...rest }) => ({ ...rest, dryRun: dry_run }));
export type AddEntriesInput = z.output<typeof addEntriesInput>;

const lineOutcomes = ["added", "updated", "already", "refused"] as const;
export const addedEntriesShape = z
  .object({
    data: z
      .array(
        z
          .object({
            line: countOf("The line of the text, counted from 1.", 1),
            text: z.string().meta({ description: "What the line says.", example: "192.0.2.0/24" }),
            outcome: z.enum(lineOutcomes).meta({
              description:
                "`added` is new; `updated` was there and has been changed; `already` was there as it is; `refused` is no entry.",
              example: "added",
            }),
            kind: kindShape
              .nullable()
              .meta({ description: "What the entry is; null where it was refused.", example: "network" }),
            value: z
              .string()
              .nullable()
              .meta({ description: "The entry, normalised; null where it was refused.", example: "192.0.2.0/24" }),
            problem: z
              .string()
              .nullable()
              .meta({ description: "Why it was refused, for people; null where it was not.", example: null }),
            allowed: z
              .string()
              .nullable()
              .meta({ description: "What is allowed in its place; null where it was not refused.", example: null }),
          })
          .meta({ id: "AddedLine", description: "What became of one line." }),
      )
      .meta({ description: "What became of each line, in their order." }),
    meta: z
      .object({
        added: countOf("Lines that were added.", 1),
        updated: countOf("Lines whose entry was changed.", 0),
        already: countOf("Lines whose entry was there as it is.", 0),
        refused: countOf("Lines that were refused.", 0),
        dry_run: z.boolean().meta({ description: "Whether nothing was kept, as asked.", example: false }),
        entries: countOf("Entries of all watchlists together.", 13),
        entries_limit: countOf("How many entries the tier allows for all watchlists together.", 10_000),
      })
      .meta({ description: "All lines together." }),
  })
  .meta({ id: "AddedEntries", description: "What became of the lines." });
export type AddedEntries = z.infer<typeof addedEntriesShape>;

export const removeEntriesInput = z
  .object({
    watchlistId,
    ids: z
      .array(uuid)
      .min(1)
      .max(maxLines)
      .meta({ description: `The ids of the entries, 1 to ${maxLines}.`, example: [exampleEntryId] }),
  })
  .meta({ id: "RemoveEntries", description: "The entries to remove." });
export type RemoveEntriesInput = z.output<typeof removeEntriesInput>;
export const removedEntriesShape = z
  .object({ success, removed: countOf("How many entries were removed; ids that are not there count for nothing.", 1) })
  .meta({ id: "RemovedEntries", description: "That the entries are removed." });
