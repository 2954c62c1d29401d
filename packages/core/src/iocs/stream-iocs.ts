import type { Context } from "../context";
import { countIocs } from "./count-iocs";
import type { Position } from "./cursor";
import { type DecidedList, decideList, type Reader } from "./list-iocs";
import type { IocRecord } from "./record";
import { conditionOf, selectPage } from "./select-iocs";
import type { ListIocsInput } from "./shape";

/** Records of one query: little enough to keep memory flat, enough to keep the database busy. */
const pageSize = 1_000;

/**
 * The records that a list would answer, page by page, up to the limit; a bad input throws before the first page.
 * A record that changes meanwhile moves to the front and is left to the next poll.
 */
export function streamIocs(ctx: Reader, input: ListIocsInput): AsyncIterable<readonly IocRecord[]> {
  return pages(ctx, decideList(input, ctx.caller.plan, ctx.now()), input.offset);
}

async function* pages(
  ctx: Pick<Context, "sql">,
  { filters, after: start }: DecidedList,
  offset: number,
): AsyncGenerator<readonly IocRecord[]> {
  const condition = await conditionOf(ctx, filters);
  const { total } = await countIocs(ctx, condition);
  const read = async (after: Position | null, skip: number, left: number): Promise<readonly IocRecord[]> =>
    left > 0 ? selectPage(ctx, { condition, after, offset: skip, limit: Math.min(pageSize, left), total }) : [];
  let left = filters.limit ?? Number.POSITIVE_INFINITY;
  let page = await read(start, offset, left);
  while (page.length > 0) {
    left -= page.length;
    const last = page.length < pageSize ? undefined : page.at(-1);
    // The next page is read while this one is written.
    const next = last ? read(last, 0, left) : Promise.resolve([]);
    // Whoever stops listening leaves this promise to nobody.
    next.catch(() => {});
    yield page;
    page = await next;
  }
}
