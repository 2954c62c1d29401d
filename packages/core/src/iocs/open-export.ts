import { hash } from "node:crypto";
import type { Context } from "../context";
import { type Clause, render } from "./clause";
import { encodeCursor } from "./cursor";
import { asPublished } from "./frozen";
import { decideList, type Reader } from "./list-iocs";
import type { IocRecord } from "./record";
import type { RecordField } from "./record-text";
import { selectPositions } from "./select-iocs";
import { decideSelection } from "./selection";
import type { EchoedFilters, ListIocsInput } from "./shape";
import { type Reading, streamPages } from "./stream-iocs";
import { everythingWithOwn, readInOrder } from "./with-own";
import { withholds } from "./withheld";

/** A document's records, found but not yet read. */
export type IocExport = {
  /** The filters in one canonical spelling, the same for every way of writing them; empty where there are none. */
  selection: string;
  /** The same for the same records in the same state under the same names of feeds, and for nothing else. */
  mark: string;
  count: number;
  /** When the newest of the records changed; null where there are none. */
  newest: Date | null;
  nextCursor: string | null;
  /** Page by page; where fields are named, nothing else of a record is read. */
  pages: <Field extends RecordField = RecordField>(
    fields?: readonly Field[],
  ) => AsyncIterable<readonly Pick<IocRecord, Field>[]>;
};

/**
 * Decides, counts and marks what a list or an export would answer; a bad input throws `invalid_parameter`. `revokes`: a
 * delta (`since`) also brings what has been withdrawn, in the version that ended it.
 */
export async function openExport(
  ctx: Reader,
  input: ListIocsInput,
  { revokes = false }: { revokes?: boolean } = {},
): Promise<IocExport> {
  const { filters, echoed, after } = decideList(input, ctx.caller.tier, ctx.now());
  const revoked = revokes && input.since !== undefined;
  const selection = await decideSelection(ctx, filters, {
    revoked,
    withheld: withholds(ctx),
    workspaceId: ctx.caller.workspaceId,
  });
  const reading = { selection, after, offset: input.offset, limit: filters.limit };
  const state = await markOf(ctx, reading);
  return {
    ...state,
    selection: selectionOf(echoed, input),
    nextCursor: await nextCursorOf(ctx, reading, state.count, input),
    pages: (fields) => (revoked ? publishedPages(ctx, reading) : streamPages(ctx, reading, fields)),
  };
}

async function* publishedPages(ctx: Pick<Context, "sql">, reading: Reading): AsyncGenerator<readonly IocRecord[]> {
  for await (const page of streamPages(ctx, reading)) yield asPublished(ctx, page);
}

type State = Pick<IocExport, "mark" | "count" | "newest">;

type MarkRow = { n: number; newest: Date | null; sum: string | null; feeds: string | null };

/** A record that changes gets another `updated_at`, so ids and times say all; nothing else of the rows is read. */
async function markOf(ctx: Pick<Context, "sql">, { selection, after, offset, limit }: Reading): Promise<State> {
  const ask = async (from: Clause) => {
    const { text, values } = render(
      (p) => `SELECT count(*)::int AS n, max(updated_at) AS newest,
         bit_xor(uuid_hash_extended(id, (date_part('epoch', updated_at) * 1000)::bigint))::text AS sum,
         (SELECT md5(string_agg(id || ' ' || name, E'\\n' ORDER BY id)) FROM feed) AS feeds
       FROM ${from(p)}`,
    );
    const [row] = await ctx.sql.query<MarkRow>(text, values);
    return row ?? { n: 0, newest: null, sum: null, feeds: null };
  };
  // Everything needs no order.
  const { n, newest, sum, feeds } =
    limit === null && offset === 0
      ? await ask(everythingWithOwn(selection, after))
      : await readInOrder(ctx, { selection, cut: { after, offset, limit: limit ?? unlimited } }, ask, (row) => row.n);
  return {
    count: n,
    newest,
    mark: hash("sha256", `${n} ${newest?.toISOString()} ${sum} ${feeds}`, "hex").slice(0, 32),
  };
}

/** More than anything holds. */
const unlimited = 1_000_000_000;

async function nextCursorOf(
  ctx: Pick<Context, "sql">,
  { selection, after, offset, limit }: Reading,
  count: number,
  input: ListIocsInput,
): Promise<string | null> {
  if (limit === null || count < limit) return null;
  const [last, next] = await selectPositions(ctx, selection, { after, offset: offset + limit - 1, limit: 2 });
  return last && next ? encodeCursor(last, input) : null;
}

/** Without the lookback, which moves on by itself, and without the limit, which the same selection may be read with. */
function selectionOf(echoed: EchoedFilters, input: ListIocsInput): string {
  const sorted = (list: string) => list.split(",").sort().join(",");
  const fields: [string, string][] = Object.entries(echoed)
    .filter(([, value]) => value !== "all" && value !== false)
    .map(([name, value]) => [
      name,
      ["type", "category", "confidence"].includes(name) ? sorted(String(value)) : String(value),
    ]);
  // What was asked for: clamped, it would be another text at every poll.
  const asked = input.since?.toISOString();
  const named = fields.map(([name, value]): [string, string] => [name, name === "since" && asked ? asked : value]);
  if (input.offset > 0) named.push(["offset", String(input.offset)]);
  if (input.cursor !== undefined) named.push(["cursor", input.cursor]);
  return new URLSearchParams(named).toString();
}
