import type { Context } from "../context";
import type { Position } from "./cursor";
import type { IocRecord } from "./record";
import { type Condition, selectPage } from "./select-iocs";

/** Records of one query: little enough to keep memory flat, enough to keep the database busy. */
const pageSize = 1_000;

/** What to read, once it is decided and counted; `limit` null = everything. */
export type Reading = {
  condition: Condition;
  total: number;
  after: Position | null;
  offset: number;
  limit: number | null;
};

/** Page by page; a record that changes meanwhile moves to the front and is left to the next poll. */
export async function* streamPages(
  ctx: Pick<Context, "sql">,
  { condition, total, after: start, offset, limit }: Reading,
): AsyncGenerator<readonly IocRecord[]> {
  const read = async (after: Position | null, skip: number, left: number): Promise<readonly IocRecord[]> =>
    left > 0 ? selectPage(ctx, { condition, after, offset: skip, limit: Math.min(pageSize, left), total }) : [];
  let left = limit ?? Number.POSITIVE_INFINITY;
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
