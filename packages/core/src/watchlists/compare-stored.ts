import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { createFinder, inTurns, iocSubject, type Match, type Subject, toWatch, type Watch } from "../matching";
import { type IocType, iocId, iocTypeCatalog, iocTypes } from "../values";
import { type Lease, LostLease, openLease } from "./lease";
import { type ArticleRow, articleColumns, toArticleSubject } from "./match-articles";
import { withMatchesLock } from "./matches-lock";
import { type Found, keptADay, writeMatches } from "./write-matches";

/** Entries that one walk over what is stored serves, and rows of a page of it. */
const entriesAtOnce = 10_000;
const page = 5_000;
const articlesOfPage = 200;
/** Matches that are kept in memory before they are written. */
const foundAtOnce = 100_000;

type Ctx = Pick<Context, "sql" | "now">;

/**
 * Compares new entries with all IOCs that are stored, newest first, and keeps what is found as stored already: nobody is notified
 * of it. Runs after an entry's commit, so that between this and `matchChanges` nothing is missed. Gives how many entries
 * it was done for.
 */
export async function compareStored(ctx: Ctx): Promise<number> {
  const lease = await openLease(ctx);
  if (!lease) return 0;
  try {
    const waiting = await findWaiting(ctx);
    if (waiting.watches.length === 0) return 0;
    const { found, beyond } = await walk(ctx, waiting.watches, lease);
    await withMatchesLock(ctx, (query) => keep(query, found, ctx.now(), lease), { wait: true });
    await withMatchesLock(ctx, (query) => finish(query, waiting, beyond, ctx.now(), lease), { wait: true });
    return waiting.watches.length;
  } catch (error) {
    if (error instanceof LostLease) return 0;
    throw error;
  } finally {
    await lease.end();
  }
}

/** Entries, and of each of their lists when it was changed last. */
type Waiting = { watches: Watch[]; changed: Map<string, number> };

async function findWaiting(ctx: Ctx): Promise<Waiting> {
  const rows = await ctx.sql.query<Parameters<typeof toWatch>[0] & { updated_at: Date }>(
    `SELECT e.id, e.watchlist_id, e.kind, e.value, e.ioc_type, e.subdomains, e.lookalikes, w.updated_at
     FROM watchlist_entry e JOIN watchlist w ON w.id = e.watchlist_id AND w.enabled
     WHERE e.compared_at IS NULL ORDER BY e.created_at LIMIT ${entriesAtOnce}`,
  );
  const changed = new Map(rows.map(({ watchlist_id, updated_at }) => [watchlist_id, updated_at.getTime()]));
  return { watches: rows.map(toWatch), changed };
}

type Walked = { found: Found[]; beyond: Map<string, number> };

async function walk(ctx: Ctx, watches: readonly Watch[], lease: Lease): Promise<Walked> {
  const find = createFinder(watches);
  const walked: Walked = { found: [], beyond: new Map() };
  const counts = new Map<string, number>();
  for await (const subjects of everything(ctx, watches, lease)) {
    const all = subjects.map((subject) => ({ subject }));
    for await (const matches of inTurns(all, ({ subject }) => find(subject))) {
      for (const match of matches) collect(match, walked, counts);
      if (walked.found.length < foundAtOnce) continue;
      const full = walked.found;
      walked.found = [];
      await withMatchesLock(ctx, (query) => keep(query, full, ctx.now(), lease), { wait: true });
    }
  }
  return walked;
}

/** Of what an entry has more than are kept, only their number. */
function collect(match: Match, { found, beyond }: Walked, counts: Map<string, number>): void {
  const { id } = match.watch;
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  if (count <= keptADay) found.push(foundOf(match));
  else beyond.set(id, count - keptADay);
}

/** Without the texts of the subject. */
function foundOf({ watch, subject: { subject, id, generation }, reason }: Match): Found {
  return { watch, subject: { subject, id, generation }, reason };
}

async function* everything(ctx: Ctx, watches: readonly Watch[], lease: Lease): AsyncGenerator<Subject[]> {
  if (watches.some(({ kind, iocType }) => kind === "term" || iocType === "cve")) yield* articlePages(ctx, lease);
  yield* pagesFor(ctx, watches, lease);
}

/** Articles that are shown, newest first; where the text is not kept, by their title and summary. */
async function* articlePages(ctx: Ctx, lease: Lease): AsyncGenerator<Subject[]> {
  for (let last: (ArticleRow & { published_at: Date }) | undefined; ; ) {
    const rows: (ArticleRow & { published_at: Date })[] = await ctx.sql.query(
      `SELECT ${articleColumns}, a.text, a.published_at FROM article a
       WHERE a.archived_at IS NULL AND ($1::timestamptz IS NULL OR (a.published_at, a.id) < ($1::timestamptz, $2::uuid))
       ORDER BY a.published_at DESC, a.id DESC LIMIT ${articlesOfPage}`,
      [last?.published_at.toISOString() ?? null, last?.id ?? null],
    );
    yield rows.map(toArticleSubject);
    last = rows.at(-1);
    if (rows.length < articlesOfPage) return;
    await lease.extend();
  }
}

type Row = {
  id: string;
  updated_at: Date;
  generation: number;
  type: IocType;
  value: string;
  tags: string[];
  threat_type: string | null;
  malware_family: string | null;
  context: string | null;
};
const columns = "id, updated_at, generation, type, value, tags, threat_type, malware_family, context";

/** Single values are looked up; everything else is walked by, as far as its type can matter. */
async function* pagesFor(ctx: Ctx, watches: readonly Watch[], lease: Lease): AsyncGenerator<Subject[]> {
  const values = watches.filter(({ kind }) => kind === "value");
  const ids = values.flatMap(({ iocType, value }) => (iocType ? [iocId(iocType, value)] : []));
  if (values.length === watches.length) {
    yield toSubjects(
      await ctx.sql.query<Row>(
        `SELECT ${columns} FROM ioc WHERE id = ANY ($1::uuid[]) AND withdrawn_at IS NULL ORDER BY updated_at DESC`,
        [ids],
      ),
    );
    return;
  }
  const types = typesFor(watches);
  for (let last: Row | undefined; ; ) {
    const rows: Row[] = await ctx.sql.query<Row>(
      `SELECT ${columns} FROM ioc
       WHERE withdrawn_at IS NULL AND ($1::text[] IS NULL OR type = ANY ($1::text[]))
         AND ($2::timestamptz IS NULL OR (updated_at, id) < ($2::timestamptz, $3::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT ${page}`,
      [types, last?.updated_at.toISOString() ?? null, last?.id ?? null],
    );
    yield toSubjects(rows);
    last = rows.at(-1);
    if (rows.length < page) return;
    await lease.extend();
  }
}

/** Null = all. */
function typesFor(watches: readonly Watch[]): string[] | null {
  if (watches.some(({ kind }) => kind === "term")) return null;
  const types = new Set<string>(watches.flatMap(({ iocType }) => iocType ?? []));
  const networks = watches.some(({ kind }) => kind === "network");
  const domains = watches.some(({ kind }) => kind === "domain");
  for (const type of iocTypes) {
    const { nature } = iocTypeCatalog[type];
    if (networks && (nature === "address" || type === "url")) types.add(type);
    if (domains && (nature === "name" || nature === "hosted")) types.add(type);
  }
  return [...types];
}

function toSubjects(rows: readonly Row[]): Subject[] {
  return rows.map((row) => iocSubject({ ...row, threatType: row.threat_type, malwareFamily: row.malware_family }));
}

const atOnce = 10_000;

async function keep(query: SqlQuery, found: readonly Found[], now: Date, lease: Lease): Promise<void> {
  await lease.hold(query);
  // Those that were found last go first, so that the newest get the highest numbers.
  for (let end = found.length; end > 0; end -= atOnce) {
    await writeMatches(query, found.slice(Math.max(0, end - atOnce), end), { now, held: true });
  }
}

async function finish(
  query: SqlQuery,
  { watches, changed }: Waiting,
  beyond: ReadonlyMap<string, number>,
  now: Date,
  lease: Lease,
): Promise<void> {
  await lease.hold(query);
  const lists = await query<{ id: string; updated_at: Date }>(
    "SELECT id, updated_at FROM watchlist WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE",
    [[...changed.keys()]],
  );
  const same = new Set(lists.filter((list) => list.updated_at.getTime() === changed.get(list.id)).map(({ id }) => id));
  // What has got other options meanwhile, or is in a list that was changed, waits for the next walk.
  const compared = watches
    .filter(({ watchlistId }) => same.has(watchlistId))
    .map(({ id, subdomains, lookalikes }) => ({ id, subdomains, lookalikes, beyond: beyond.get(id) ?? 0 }));
  await query(
    `UPDATE watchlist_entry e SET compared_at = $2::timestamptz, unlisted = e.unlisted + t.beyond
     FROM jsonb_to_recordset($1::text::jsonb) AS t(id uuid, subdomains boolean, lookalikes boolean, beyond int4)
     WHERE e.id = t.id AND e.subdomains = t.subdomains AND e.lookalikes = t.lookalikes`,
    [JSON.stringify(compared), now.toISOString()],
  );
}
