import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Context } from "../context";
import type { Position } from "./cursor";
import type { IocRecord } from "./record";
import { allFields, type RecordField, readLast, readPage } from "./record-text";
import { type Condition, selectPage, selectPageText } from "./select-iocs";

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
export async function* streamPages<Field extends RecordField>(
  ctx: Pick<Context, "sql">,
  { condition, total, after: start, offset, limit }: Reading,
  fields: readonly Field[] = allFields as Field[],
): AsyncGenerator<readonly Pick<IocRecord, Field>[]> {
  const wanted = [...new Set<RecordField>([...fields, "id", "updatedAt"])] as (Field | "id" | "updatedAt")[];
  const ask = async (after: Position | null, skip: number, most: number) => {
    const page = { condition, total, after, offset: skip, limit: most };
    const text = await selectPageText(ctx, page, wanted, false);
    const isSound = text.n === 0 || readLast(text, wanted) !== null;
    return { page, text: isSound ? text : await selectPageText(ctx, page, wanted, true) };
  };
  let left = limit ?? Number.POSITIVE_INFINITY;
  let asked = left > 0 ? await ask(start, offset, Math.min(pageSize, left)) : null;
  while (asked !== null && asked.text.n > 0) {
    const { page, text } = asked;
    left -= text.n;
    const last = text.n < page.limit || left <= 0 ? null : readLast(text, wanted);
    // The next page is asked for before this one is read and written.
    const next = last ? ask(last, 0, Math.min(pageSize, left)) : null;
    // Whoever stops listening leaves this promise to nobody.
    next?.catch(() => {});
    // A driver sends when the loop turns; else the database would wait until the page is written.
    if (next) await turnOfTheLoop();
    yield readPage(text, wanted) ?? (await selectPage(ctx, page, wanted));
    asked = await next;
  }
}
