import type { Authorized, KeyCaller, SessionCaller, Tier } from "../access";
import type { Call, Context } from "../context";
import { invalidParameter } from "../errors";
import { countIocs } from "./count-iocs";
import { decodeCursor, encodeCursor, type Position } from "./cursor";
import { decideFilters, type IocFilters } from "./filter";
import { selectPage } from "./select-iocs";
import { decideSelection } from "./selection";
import { type EchoedFilters, type IocList, type ListIocsInput, toIoc } from "./shape";
import { withholds } from "./withheld";

export type Reader = Call<Authorized<KeyCaller | SessionCaller>>;

/** `limit=all` as one JSON document ends here, with a cursor for the rest; a stream knows no end. */
export const maxDocument = 100_000;

/** A page of what is stored, newest change first. */
export async function listIocs(ctx: Reader, input: ListIocsInput): Promise<IocList> {
  const now = ctx.now();
  const { filters, echoed, after } = decideList(input, ctx.caller.tier, now);
  const limit = filters.limit ?? maxDocument;
  const selection = await decideSelection(ctx, filters, {
    withheld: withholds(ctx),
    workspaceId: ctx.caller.workspaceId,
  });
  const { total, exact } = await countIocs(ctx, selection);
  const records = await selectPage(ctx, selection, { after, offset: input.offset, limit: limit + 1, total });
  const page = records.slice(0, limit);
  const last = records.length > limit ? page.at(-1) : undefined;
  const nextCursor = last ? encodeCursor(last, input) : null;
  return {
    meta: {
      generated_at: now.toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      total,
      total_exact: exact,
      limit: filters.limit ?? "all",
      offset: input.offset,
      next_cursor: nextCursor,
      filters: echoed,
    },
    data: page.map(toIoc),
    links: linksOf(ctx, input, filters, nextCursor),
  };
}

export type DecidedList = { filters: IocFilters; echoed: EchoedFilters; after: Position | null };

/** What a list's input comes to; throws `invalid_parameter`. */
export function decideList(input: ListIocsInput, tier: Tier, now: Date): DecidedList {
  const decided = decideFilters(input, tier, now);
  if (!decided.ok) throw invalidParameter(decided.problem);
  const { filters, echoed } = decided;
  if (input.cursor === undefined) return { filters, echoed, after: null };
  const allowed = "meta.next_cursor of the page before, with the same filters and without offset";
  if (input.offset > 0) throw invalidParameter({ field: "cursor", problem: "does not go with an offset", allowed });
  const decoded = decodeCursor(input.cursor, input);
  if (!decoded.ok) throw invalidParameter({ field: "cursor", problem: decoded.problem, allowed });
  return { filters, echoed, after: decoded.position };
}

function linksOf(
  ctx: Pick<Context, "instance">,
  input: ListIocsInput,
  filters: IocFilters,
  nextCursor: string | null,
): IocList["links"] {
  const link = (place: Record<string, string | number | undefined>) => {
    const fields = {
      type: input.type?.join(","),
      category: input.category?.join(","),
      confidence: input.confidence?.join(","),
      industry: input.industry,
      since: input.since?.toISOString(),
      until: input.until?.toISOString(),
      source: input.source,
      tag: input.tag,
      min_risk: input.min_risk,
      include_false_positives: input.include_false_positives || undefined,
      limit: filters.limit ?? "all",
      format: input.format === "json" ? undefined : input.format,
      ...place,
    };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value));
    return `${ctx.instance.publicUrl.replace(/\/+$/, "")}/api/v1/iocs?${query}`;
  };
  const self = link({ offset: input.offset || undefined, cursor: input.cursor });
  return nextCursor === null ? { self } : { self, next: link({ cursor: nextCursor }) };
}
