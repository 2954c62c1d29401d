import { setImmediate } from "node:timers/promises";
import type { SqlQuery } from "@tocsin/db";
import { formatNetwork, type IocType, widthOf } from "../values";
import { type KeyFamilies, subjectKeys } from "./keys";
import type { Subject } from "./subject";
import { entryKinds, type Reason } from "./vocabulary";
import { matchOf, type Watch, watchOf } from "./watch";

export type Match = { watch: Watch; subject: Subject; reason: Reason };

type Row = {
  id: string;
  watchlist_id: string;
  kind: string;
  value: string;
  ioc_type: string | null;
  subdomains: boolean;
  lookalikes: boolean;
};

/** Touches that are given at once. */
const atOnce = 10_000;
/** Comparisons after which others get a turn; to find what to compare a subject with counts as so many. */
const turn = 20_000;
const perSubject = 20;

/**
 * What of the watchlists that are on the subjects match, in the order of the subjects, so many at a time: entries that
 * all match everything are no reason to hold all pairs. Few statements, however many subjects and entries there are.
 */
export async function* findMatches(query: SqlQuery, subjects: readonly Subject[]): AsyncGenerator<Match[]> {
  if (subjects.length === 0) return;
  const families = await familiesOf(query);
  const keyed = subjects.map((subject) => ({ subject, keys: [...new Set(subjectKeys(subject, families))] }));
  const watches = new Map<string, Watch>();
  const byKey = await findByKey(query, [...new Set(keyed.flatMap(({ keys }) => keys))], watches);
  const inside = await findInside(query, subjects, watches);
  yield* inTurns(keyed, ({ subject, keys }) => [
    ...keys.flatMap((key) => byKey.get(key) ?? []),
    ...(inside.get(subject) ?? []),
  ]);
}

/** The matches of one subject after the other, of what may match it. */
export async function* inTurns<T extends { subject: Subject }>(
  all: Iterable<T>,
  candidatesOf: (one: T) => readonly Watch[],
): AsyncGenerator<Match[]> {
  let found: Match[] = [];
  let compared = 0;
  for (const one of all) {
    const candidates = candidatesOf(one);
    for (const match of withoutOwn(compare(one.subject, candidates))) found.push(match);
    compared += candidates.length + perSubject;
    if (compared >= turn) {
      compared = 0;
      await setImmediate();
    }
    if (found.length >= atOnce) {
      yield found;
      found = [];
    }
  }
  if (found.length > 0) yield found;
}

/** Those that the subject matches, of those that it may; one that is named twice is one. */
export function compare(subject: Subject, candidates: Iterable<Watch>): Match[] {
  const matches: Match[] = [];
  for (const watch of new Set(candidates)) {
    const reason = matchOf(watch, subject);
    if (reason) matches.push({ watch, subject, reason });
  }
  return matches;
}

/** Of one subject: a name that a watchlist has as its own does not look like another of its names. */
function withoutOwn(matches: readonly Match[]): readonly Match[] {
  const isLookalike = ({ reason }: Match) => reason.startsWith("lookalike.");
  if (!matches.some(isLookalike)) return matches;
  const own = new Set(
    matches
      .filter((match) => match.watch.kind === "domain" && !isLookalike(match))
      .map(({ watch }) => watch.watchlistId),
  );
  return matches.filter((match) => !isLookalike(match) || !own.has(match.watch.watchlistId));
}

/** Saves the keys of look-alikes and words where nobody watches for them. */
async function familiesOf(query: SqlQuery): Promise<KeyFamilies> {
  const [row] = await query<KeyFamilies>(
    `SELECT EXISTS (SELECT 1 FROM watchlist_entry WHERE lookalikes) AS lookalikes,
       EXISTS (SELECT 1 FROM watchlist_entry WHERE kind = 'term') AS terms,
       ARRAY(SELECT DISTINCT masklen(network) FROM watchlist_entry WHERE kind = 'network') AS lengths`,
  );
  return row ?? { lookalikes: false, terms: false, lengths: [] };
}

const columns = "e.id, e.watchlist_id, e.kind, e.value, e.ioc_type, e.subdomains, e.lookalikes";
const live = `JOIN watchlist w ON w.id = e.watchlist_id AND w.enabled
  JOIN workspace ON workspace.id = w.workspace_id AND workspace.suspended_at IS NULL`;

async function findByKey(query: SqlQuery, keys: readonly string[], watches: Map<string, Watch>) {
  const rows = await query<Row & { key: string }>(
    `SELECT k.key, ${columns} FROM watchlist_key k JOIN watchlist_entry e ON e.id = k.entry_id ${live}
     WHERE k.key = ANY ($1::text[])`,
    [keys],
  );
  return gather(rows, ({ key }) => key, watches);
}

/** Networks that are watched inside of networks that have changed; what lies around an address is found by its keys. */
async function findInside(query: SqlQuery, subjects: readonly Subject[], watches: Map<string, Watch>) {
  const placed = subjects.filter(({ network }) => network && network.bits < widthOf(network.address.type));
  if (placed.length === 0) return new Map<Subject | undefined, Watch[]>();
  const rows = await query<Row & { place: number }>(
    `SELECT s.place, ${columns}
     FROM unnest($1::inet[]) WITH ORDINALITY AS s(network, place)
     JOIN watchlist_entry e ON e.network << s.network ${live}`,
    [placed.map(({ network }) => network && formatNetwork(network))],
  );
  return gather(rows, ({ place }) => placed[Number(place) - 1], watches);
}

/** One watch for each entry, so that one that is found twice is one. */
function gather<R extends Row, K>(rows: readonly R[], keyOf: (row: R) => K, watches: Map<string, Watch>) {
  const gathered = new Map<K, Watch[]>();
  for (const row of rows) {
    const watch = watches.get(row.id) ?? toWatch(row);
    watches.set(row.id, watch);
    const sharing = gathered.get(keyOf(row));
    if (sharing) sharing.push(watch);
    else gathered.set(keyOf(row), [watch]);
  }
  return gathered;
}

export function toWatch(row: Row): Watch {
  return watchOf({
    id: row.id,
    watchlistId: row.watchlist_id,
    kind: entryKinds.find((kind) => kind === row.kind) ?? "value",
    value: row.value,
    iocType: row.ioc_type as IocType | null,
    subdomains: row.subdomains,
    lookalikes: row.lookalikes,
  });
}
