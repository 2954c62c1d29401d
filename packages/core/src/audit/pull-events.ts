import { z } from "zod";
import { type Authorized, requireAuditReader, type TokenCaller } from "../access";
import type { Call, Context } from "../context";
import { queryInteger } from "../errors";
import { readNumberCursor } from "../lib";
import { countOf } from "../values";
import { withPseudonyms } from "./pseudonyms";
import { type AuditEvent, auditEventShape, eventColumns, toEvent } from "./shape";

export const pullFormats = ["json", "ndjson", "ocsf"] as const;
export type PullFormat = (typeof pullFormats)[number];

/** For programs that keep a copy: from where they are onwards, oldest first. */
export const pullEventsInput = z
  .object({
    cursor: z.string().max(200).optional().meta({
      description: "The `seq` of the last event that you have; absent begins with the first.",
      example: "4711",
    }),
    limit: queryInteger(1, 1_000).default(100).meta({
      description: "Most events of a page, 1 to 1000; `ndjson` and `ocsf` answer all that there are.",
      example: 100,
    }),
    format: z.enum(pullFormats).default("json").meta({
      description:
        "`json` is a page; `ndjson` is every event after the cursor, one a line; `ocsf` is the same as documents of the Open Cybersecurity Schema Framework 1.1.",
      example: "json",
    }),
  })
  .prefault({});
export type PullEventsInput = z.output<typeof pullEventsInput>;

export const pulledEventsShape = z
  .object({
    data: z.array(auditEventShape).meta({ description: "The events after the cursor, oldest first." }),
    meta: z
      .object({
        limit: countOf("The limit in effect.", 100),
        has_more: z.boolean().meta({ description: "Whether there are more events already.", example: false }),
        next_cursor: z.string().meta({
          description: "The `cursor` to go on with, also when there is nothing new: keep it.",
          example: "4712",
        }),
      })
      .meta({ description: "About the page." }),
  })
  .meta({ id: "PulledAuditEvents", description: "A page of the audit log, from a place onwards." });
export type PulledEvents = z.infer<typeof pulledEventsShape>;

/** A page of the workspace's chain, which has no gap: nothing is committed later at an earlier place. */
export async function pullEvents(ctx: Call<Authorized<TokenCaller>>, input: PullEventsInput): Promise<PulledEvents> {
  requireAuditReader(ctx.caller);
  const after = placeOf(input);
  const events = await eventsAfter(ctx, { workspaceId: ctx.caller.workspaceId, after, take: input.limit + 1 });
  const data = events.slice(0, input.limit);
  const last = data.at(-1)?.seq ?? after;
  return {
    data,
    meta: { limit: input.limit, has_more: events.length > data.length, next_cursor: String(last) },
  };
}

const pageSize = 1_000;

/** Everything after the cursor, in pages. What is wrong with the call is said before the first page is asked for. */
export function streamPulledEvents(
  ctx: Call<Authorized<TokenCaller>>,
  input: PullEventsInput,
): AsyncGenerator<AuditEvent[]> {
  requireAuditReader(ctx.caller);
  return pagesAfter(ctx, ctx.caller.workspaceId, placeOf(input));
}

async function* pagesAfter(ctx: Pick<Context, "db">, workspaceId: string, from: number): AsyncGenerator<AuditEvent[]> {
  let after = from;
  for (;;) {
    const page = await eventsAfter(ctx, { workspaceId, after, take: pageSize });
    yield page;
    after = page.at(-1)?.seq ?? after;
    if (page.length < pageSize) return;
  }
}

/** Events of one chain from a place onwards, oldest first. */
export async function eventsAfter(
  ctx: Pick<Context, "db">,
  { workspaceId, after, take }: { workspaceId: string | null; after: number; take: number },
): Promise<AuditEvent[]> {
  const rows = await ctx.db.auditEvent.findMany({
    where: { workspaceId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take,
    select: eventColumns,
  });
  return withPseudonyms(ctx.db, rows.map(toEvent));
}

function placeOf({ cursor }: PullEventsInput): number {
  return cursor === undefined ? 0 : Number(readNumberCursor(cursor));
}
