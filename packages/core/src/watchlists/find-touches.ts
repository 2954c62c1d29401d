import type { SqlQuery } from "@tocsin/db";
import { widthOf } from "../iocs/address";
import type { IocType } from "../iocs/observation";
import { type KeyFamilies, subjectKeys } from "./keys";
import { formatNetwork } from "./network";
import type { Subject } from "./subject";
import { touchOf, type Watch, watchOf } from "./touch";
import { entryKinds, type Reason } from "./vocabulary";

export type Touch = { watch: Watch; subject: Subject; reason: Reason };

type Row = {
  id: string;
  watchlist_id: string;
  kind: string;
  value: string;
  ioc_type: string | null;
  subdomains: boolean;
  lookalikes: boolean;
};

/** What of the watchlists that are on the subjects touch, in the order of the subjects. Few statements, however many subjects and entries there are. */
export async function findTouches(query: SqlQuery, subjects: readonly Subject[]): Promise<Touch[]> {
  if (subjects.length === 0) return [];
  const candidates = [
    ...(await findByKey(query, subjects, await familiesOf(query))),
    ...(await findInside(query, subjects)),
  ];
  const places = new Map(subjects.map((subject, place) => [subject, place]));
  const placeOf = ({ subject }: Touch) => places.get(subject) ?? 0;
  return withoutOwn(compare(candidates)).sort((a, b) => placeOf(a) - placeOf(b));
}

/** The pairs that touch, of those that may. */
export function compare(candidates: Iterable<{ watch: Watch; subject: Subject }>): Touch[] {
  const touches: Touch[] = [];
  const seen = new Map<Watch, Set<Subject>>();
  for (const { watch, subject } of candidates) {
    const done = seen.get(watch) ?? new Set();
    if (done.has(subject)) continue;
    seen.set(watch, done.add(subject));
    const reason = touchOf(watch, subject);
    if (reason) touches.push({ watch, subject, reason });
  }
  return touches;
}

/** A name that a watchlist has as its own does not look like another of its names. */
export function withoutOwn(touches: readonly Touch[]): Touch[] {
  const keyOf = ({ watch, subject }: Touch) => `${watch.watchlistId} ${subject.id}`;
  const isLookalike = ({ reason }: Touch) => reason.startsWith("lookalike.");
  const own = new Set(
    touches.filter((touch) => touch.watch.kind === "domain" && !isLookalike(touch)).map((touch) => keyOf(touch)),
  );
  return touches.filter((touch) => !isLookalike(touch) || !own.has(keyOf(touch)));
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

async function findByKey(query: SqlQuery, subjects: readonly Subject[], families: KeyFamilies) {
  const byKey = new Map<string, Subject[]>();
  for (const subject of subjects) {
    for (const key of new Set(subjectKeys(subject, families))) {
      const sharing = byKey.get(key);
      if (sharing) sharing.push(subject);
      else byKey.set(key, [subject]);
    }
  }
  const rows = await query<Row & { key: string }>(
    `SELECT k.key, ${columns} FROM watchlist_key k JOIN watchlist_entry e ON e.id = k.entry_id ${live}
     WHERE k.key = ANY ($1::text[])`,
    [[...byKey.keys()]],
  );
  const watches = watchesOf(rows);
  return rows.flatMap((row) => {
    const watch = watches.get(row.id);
    return watch ? (byKey.get(row.key) ?? []).map((subject) => ({ watch, subject })) : [];
  });
}

/** Networks that are watched inside of networks that have changed; what lies around an address is found by its keys. */
async function findInside(query: SqlQuery, subjects: readonly Subject[]) {
  const placed = subjects.filter(({ network }) => network && network.bits < widthOf(network.address.type));
  if (placed.length === 0) return [];
  const rows = await query<Row & { place: number }>(
    `SELECT s.place, ${columns}
     FROM unnest($1::inet[]) WITH ORDINALITY AS s(network, place)
     JOIN watchlist_entry e ON e.network << s.network ${live}`,
    [placed.map(({ network }) => network && formatNetwork(network))],
  );
  const watches = watchesOf(rows);
  return rows.flatMap((row) => {
    const [watch, subject] = [watches.get(row.id), placed[Number(row.place) - 1]];
    return watch && subject ? [{ watch, subject }] : [];
  });
}

/** One watch for each entry, so that a pair that is found twice is one. */
function watchesOf(rows: readonly Row[]): Map<string, Watch> {
  const watches = new Map<string, Watch>();
  for (const row of rows) {
    if (!watches.has(row.id)) watches.set(row.id, toWatch(row));
  }
  return watches;
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
