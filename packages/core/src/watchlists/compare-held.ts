import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { iocId } from "../iocs/ioc-id";
import type { IocType } from "../iocs/observation";
import { aloneAtMatches } from "./alone";
import { type Touch, toWatch, withoutOwn } from "./find-touches";
import { createFinder } from "./finder";
import { type ArticleRow, articleColumns, toArticleSubject } from "./match-articles";
import { iocSubject, type Subject } from "./subject";
import type { Watch } from "./touch";
import { keptADay, writeMatches } from "./write-matches";

/** Entries that one walk over what is held serves, and rows of a page of it. */
const entriesAtOnce = 10_000;
const page = 5_000;
const articlesOfPage = 200;
/** How long one page may take before another process takes over. */
const leaseSeconds = 60;

type Ctx = Pick<Context, "sql" | "now">;

/**
 * Compares new entries with all IOCs that are held, newest first, and keeps what is found as held already: nobody is told
 * of it. Runs after an entry's commit, so that between this and `matchChanges` nothing is missed. Gives how many entries
 * it was done for.
 */
export async function compareHeld(ctx: Ctx): Promise<number> {
  if (!(await claim(ctx))) return 0;
  try {
    const watches = await waiting(ctx);
    if (watches.length === 0) return 0;
    const found = await walk(ctx, watches);
    await aloneAtMatches(ctx, (query) => keep(query, watches, found, ctx.now()), { wait: true });
    return watches.length;
  } finally {
    await ctx.sql.query("UPDATE watchlist_progress SET comparing = NULL");
  }
}

async function claim(ctx: Ctx): Promise<boolean> {
  const rows = await ctx.sql.query(
    `UPDATE watchlist_progress SET comparing = now() + make_interval(secs => ${leaseSeconds})
     WHERE (comparing IS NULL OR comparing < now())
       AND EXISTS (SELECT 1 FROM watchlist_entry WHERE compared_at IS NULL) RETURNING 1`,
  );
  return rows.length > 0;
}

async function waiting(ctx: Ctx): Promise<Watch[]> {
  const rows = await ctx.sql.query<Parameters<typeof toWatch>[0]>(
    `SELECT e.id, e.watchlist_id, e.kind, e.value, e.ioc_type, e.subdomains, e.lookalikes
     FROM watchlist_entry e JOIN watchlist w ON w.id = e.watchlist_id AND w.enabled
     WHERE e.compared_at IS NULL ORDER BY e.created_at LIMIT ${entriesAtOnce}`,
  );
  return rows.map(toWatch);
}

type Found = { touches: Touch[]; beyond: Map<string, number> };

async function walk(ctx: Ctx, watches: readonly Watch[]): Promise<Found> {
  const find = createFinder(watches);
  const counts = new Map<string, number>();
  const found: Found = { touches: [], beyond: new Map() };
  for await (const subjects of everything(ctx, watches)) {
    for (const touch of withoutOwn(find(subjects))) {
      const { id } = touch.watch;
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      if (count <= keptADay) found.touches.push(touch);
      else found.beyond.set(id, count - keptADay);
    }
  }
  return found;
}

async function* everything(ctx: Ctx, watches: readonly Watch[]): AsyncGenerator<Subject[]> {
  if (watches.some(({ kind, iocType }) => kind === "term" || iocType === "cve")) yield* articlePages(ctx);
  yield* pagesFor(ctx, watches);
}

/** Articles that are shown, newest first; where the text is not kept, by their title and summary. */
async function* articlePages(ctx: Ctx): AsyncGenerator<Subject[]> {
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
    await extend(ctx);
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
async function* pagesFor(ctx: Ctx, watches: readonly Watch[]): AsyncGenerator<Subject[]> {
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
    await extend(ctx);
  }
}

async function extend(ctx: Ctx): Promise<void> {
  await ctx.sql.query(`UPDATE watchlist_progress SET comparing = now() + make_interval(secs => ${leaseSeconds})`);
}

/** Null = all. */
function typesFor(watches: readonly Watch[]): string[] | null {
  if (watches.some(({ kind }) => kind === "term")) return null;
  const types = new Set<string>(watches.flatMap(({ iocType }) => iocType ?? []));
  if (watches.some(({ kind }) => kind === "network")) for (const type of ["ipv4", "ipv6", "url"]) types.add(type);
  if (watches.some(({ kind }) => kind === "domain")) for (const type of ["domain", "url", "email"]) types.add(type);
  return [...types];
}

function toSubjects(rows: readonly Row[]): Subject[] {
  return rows.map((row) => iocSubject({ ...row, threatType: row.threat_type, malwareFamily: row.malware_family }));
}

const atOnce = 10_000;

async function keep(query: SqlQuery, watches: readonly Watch[], { touches, beyond }: Found, now: Date): Promise<void> {
  // Those that were found last go first, so that the newest get the highest numbers.
  for (let end = touches.length; end > 0; end -= atOnce) {
    await writeMatches(query, touches.slice(Math.max(0, end - atOnce), end), { now, held: true });
  }
  // What has got other options meanwhile waits for the next walk.
  const compared = watches.map(({ id, subdomains, lookalikes }) => ({
    id,
    subdomains,
    lookalikes,
    beyond: beyond.get(id) ?? 0,
  }));
  await query(
    `UPDATE watchlist_entry e SET compared_at = $2::timestamptz, unlisted = e.unlisted + t.beyond
     FROM jsonb_to_recordset($1::text::jsonb) AS t(id uuid, subdomains boolean, lookalikes boolean, beyond int4)
     WHERE e.id = t.id AND e.subdomains = t.subdomains AND e.lookalikes = t.lookalikes`,
    [JSON.stringify(compared), now.toISOString()],
  );
}
