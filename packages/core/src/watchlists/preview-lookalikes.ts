import { createFinder, inTurns, iocSubject, type Watch, watchOf } from "../matching";
import { type IocType, iocTypeCatalog, iocTypes } from "../values";
import { readPaste } from "./paste";
import type { LookalikePreview, PreviewLookalikesInput } from "./preview-shape";
import type { WatchlistCall } from "./require-watchlist";

/** Newest indicators that a preview reads at most, and how many at a time; and the samples that it names. */
const mostRead = 50_000;
const page = 5_000;
const namedOfEach = 5;

type Row = { id: string; updated_at: Date; type: IocType; value: string };
type Domain = LookalikePreview["data"][number];

/**
 * How many of the newest stored indicators would match the domains of a paste as look-alikes, before anybody switches
 * that on. Writes nothing.
 */
export async function previewLookalikes(ctx: WatchlistCall, input: PreviewLookalikesInput): Promise<LookalikePreview> {
  const pasted = await readPaste({ ...input, subdomains: true, lookalikes: true, note: null });
  const values = new Set(pasted.flatMap((line) => (line.ok && line.wanted.kind === "domain" ? line.wanted.value : [])));
  const watches = [...values].map(watchFor);
  const find = createFinder(watches);
  const found = new Map<string, Domain>();
  let read = 0;
  let complete = true;
  for await (const rows of watches.length === 0 ? [] : hosts(ctx)) {
    read += rows.length;
    await count(rows, find, found);
    if (read >= mostRead) complete = rows.length < page;
  }
  const data = [...found.values()].sort(
    (one, other) => other.matches - one.matches || (one.domain < other.domain ? -1 : 1),
  );
  return {
    data,
    meta: {
      domains: watches.length,
      matches: data.reduce((sum, { matches }) => sum + matches, 0),
      compared: read,
      complete,
    },
  };
}

function watchFor(value: string): Watch {
  const options = { subdomains: true, lookalikes: true };
  return watchOf({ id: value, watchlistId: "", kind: "domain", value, iocType: null, ...options });
}

type Find = ReturnType<typeof createFinder>;

async function count(rows: readonly Row[], find: Find, found: Map<string, Domain>): Promise<void> {
  const nothing = { generation: 0, tags: [], threatType: null, malwareFamily: null, context: null };
  const all = rows.map((row) => ({ subject: iocSubject({ ...row, ...nothing }) }));
  for await (const matches of inTurns(all, ({ subject }) => find(subject))) {
    for (const { watch, subject, reason } of matches) {
      if (!reason.startsWith("lookalike.")) continue;
      const of = found.get(watch.value) ?? { domain: watch.value, matches: 0, samples: [] };
      found.set(watch.value, of);
      of.matches += 1;
      const [named] = subject.values;
      if (named && of.samples.length < namedOfEach) of.samples.push({ ...named, reason });
    }
  }
}

const types = iocTypes.filter((type) => ["name", "hosted"].includes(iocTypeCatalog[type].nature));

/** Indicators that have a host, newest first. */
async function* hosts(ctx: Pick<WatchlistCall, "sql">): AsyncGenerator<Row[]> {
  let last: Row | undefined;
  for (let read = 0; read < mostRead; read += page) {
    const rows: Row[] = await ctx.sql.query<Row>(
      `SELECT id, updated_at, type, value FROM ioc
       WHERE withdrawn_at IS NULL AND type = ANY ($1::text[])
         AND ($2::timestamptz IS NULL OR (updated_at, id) < ($2::timestamptz, $3::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT ${page}`,
      [types, last?.updated_at.toISOString() ?? null, last?.id ?? null],
    );
    yield rows;
    last = rows.at(-1);
    if (rows.length < page) return;
  }
}
