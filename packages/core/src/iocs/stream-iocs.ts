import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import type { Context } from "../context";
import type { Position } from "./cursor";
import type { IocRecord } from "./record";
import { allFields, type RecordField, readOfLast, readPage } from "./record-text";
import { selectPageParts } from "./select-iocs";
import type { Selection } from "./selection";

/** Records of one query: little enough to keep memory flat, enough to keep the database busy. */
const pageSize = 1_000;

/** What to read, once it is decided; `limit` null = everything. */
export type Reading = {
  selection: Selection;
  after: Position | null;
  offset: number;
  limit: number | null;
};

/** Page by page; a record that changes meanwhile moves to the front and is left to the next poll. */
export async function* streamPages<Field extends RecordField>(
  ctx: Pick<Context, "sql">,
  { selection, after: start, offset, limit }: Reading,
  fields: readonly Field[] = allFields as Field[],
): AsyncGenerator<readonly Pick<IocRecord, Field>[]> {
  // Where the next page begins is told by the last record, whether or not anybody asked for it.
  const wanted = [...new Set<RecordField>([...fields, "id", "updatedAt"])];
  const ask = async (after: Position | null, skip: number, most: number) => ({
    most,
    page: await selectPageParts(ctx, selection, { after, offset: skip, limit: most }, wanted),
  });
  let left = limit ?? Number.POSITIVE_INFINITY;
  let asked = left > 0 ? await ask(start, offset, Math.min(pageSize, left)) : null;
  while (asked !== null && asked.page.n > 0) {
    const { page, most } = asked;
    left -= page.n;
    const last = { id: readOfLast(page, "id"), updatedAt: readOfLast(page, "updatedAt") };
    // The next page is asked for before this one is read and written.
    const next = page.n < most || left <= 0 ? null : ask(last, 0, Math.min(pageSize, left));
    // Whoever stops listening leaves this promise to nobody.
    next?.catch(() => {});
    // A driver sends when the loop turns; else the database would wait until the page is written.
    if (next) await turnOfTheLoop();
    yield readPage(page, fields);
    asked = await next;
  }
}
