import type { Sql } from "@tocsin/db";
import { createGatherer } from "../lib";
import type { IocType } from "../values";
import { ownChangesSql } from "./own-records";
import { type Timeline, timelineOf } from "./timeline";

/**
 * IOCs of one combination of what lists filter by, tags and time aside: a filter takes all of a facet or none. Kept by
 * triggers on `ioc`, in the transaction of each change.
 */
export type Facet = {
  /** A hash of the rest, an int8 as text. */
  readonly facet: string;
  readonly type: IocType;
  /** 1 low, 2 medium, 3 high */
  readonly confidence: number;
  readonly riskScore: number;
  readonly warned: boolean;
  readonly withdrawn: boolean;
  readonly sources: readonly string[];
  readonly categories: readonly string[];
  readonly industries: readonly string[];
  readonly n: number;
};
/** IOCs that last changed in one hour; `hour` in whole hours since 1970. */
type Hour = { readonly hour: number; readonly warned: boolean; readonly withdrawn: boolean; readonly n: number };

/** How many IOCs there are of each kind and of each hour, exactly, as of one state of the database. */
export type Tally = {
  /** Differs from that of every other state. */
  readonly state: string;
  readonly facets: readonly Facet[];
  readonly hours: readonly Hour[];
  /** When they last changed: all rows, those that lists show, and these with what is on a warninglist. */
  readonly times: { readonly all: Timeline; readonly listed: Timeline; readonly warned: Timeline };
  /** All rows, withdrawn ones included. */
  readonly rows: number;
};

type Mark = { epoch: number; fold: number; version: number };
/** What has been folded is kept here, so that only what was folded since is read again. */
type Kept = { mark: Mark; folded: Map<string, Facet>; foldedHours: Map<string, Hour>; tally: Tally };
type Node = {
  kept: Kept | null;
  reading: Promise<Kept> | null;
  readonly askMark: (workspaceId: string | null) => Promise<Marked>;
};
type Ctx = { readonly sql: Pick<Sql, "query"> };

const nodes = new WeakMap<object, Node>();

const markColumns = "epoch, fold, folded + (SELECT count(*) FROM ioc_tally_change) AS version";

/**
 * The figures as they are now, and how often the workspace has changed what it says itself (null where it says nothing): of one
 * small statement where nothing has changed since they were last asked for, which all share who ask at the same time.
 */
export async function readTally(
  ctx: Ctx,
  workspaceId: string | undefined,
): Promise<{ tally: Tally; changes: string | null }> {
  const { mark, changes } = await nodeOf(ctx).askMark(workspaceId ?? null);
  return { tally: await tallyOf(ctx, mark), changes };
}

type Marked = { mark: Mark; changes: string | null };

async function readMarks(ctx: Ctx, workspaceIds: readonly (string | null)[]): Promise<Marked[]> {
  const asked = [...new Set(workspaceIds.filter((id) => id !== null))];
  const [row] = await ctx.sql.query<Mark & { own: Record<string, string> | null }>(
    `SELECT ${markColumns}, (${ownChangesSql("$1")}) AS own FROM ioc_tally`,
    [asked],
  );
  if (!row) throw new Error("the tally of IOCs is missing");
  const { own, ...mark } = row;
  return workspaceIds.map((id) => ({ mark, changes: (id === null ? undefined : own?.[id]) ?? null }));
}

function nodeOf(ctx: Ctx): Node {
  const known = nodes.get(ctx.sql);
  if (known) return known;
  const askMark = createGatherer((ids: readonly (string | null)[]) => readMarks(ctx, ids), { atOnce: 2, most: 100 });
  const node: Node = { kept: null, reading: null, askMark };
  nodes.set(ctx.sql, node);
  return node;
}

async function tallyOf(ctx: Ctx, mark: Mark): Promise<Tally> {
  const node = nodeOf(ctx);
  if (node.kept && isSame(node.kept.mark, mark)) return node.kept.tally;
  // What others are reading may be from before this call asked.
  const shared = await node.reading?.catch(() => null);
  if (shared && covers(shared.mark, mark)) return shared.tally;
  if (node.kept && covers(node.kept.mark, mark)) return node.kept.tally;
  node.reading ??= read(ctx, node.kept).finally(() => {
    node.reading = null;
  });
  node.kept = await node.reading;
  return node.kept.tally;
}

const isSame = (a: Mark, b: Mark) => a.epoch === b.epoch && a.version === b.version;
const covers = (a: Mark, b: Mark) => a.epoch > b.epoch || (a.epoch === b.epoch && a.version >= b.version);

/** The fields of a facet, of rows grouped by it. */
export const facetFields =
  "facet, min(type), min(confidence), min(risk_score), bool_and(warned), bool_and(withdrawn), min(sources), min(categories), min(industries)";
const facetList = `json_agg(json_build_array(facet::text, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n))`;
const hourList = "json_agg(json_build_array(hour, warned, withdrawn, n))";

// One statement, so that all is of one state. $1 the epoch and $2 the fold up to which all is known.
const statement = `
WITH known AS (SELECT CASE WHEN epoch = $1::int8 AND fold >= $2::int8 THEN $2::int8 ELSE -1 END AS fold FROM ioc_tally)
SELECT ${markColumns}, (SELECT fold FROM known) AS known,
  (SELECT ${facetList} FROM ioc_facet WHERE fold > (SELECT fold FROM known)) AS facets,
  (SELECT ${hourList} FROM ioc_hour WHERE fold > (SELECT fold FROM known)) AS hours,
  (SELECT ${facetList} FROM (SELECT ${facetFields}, sum(n) FROM ioc_tally_change WHERE facet IS NOT NULL GROUP BY facet)
     AS w(facet, type, confidence, risk_score, warned, withdrawn, sources, categories, industries, n)) AS waiting,
  (SELECT ${hourList} FROM (SELECT hour, warned, withdrawn, sum(n) AS n FROM ioc_tally_change
     WHERE hour IS NOT NULL GROUP BY 1, 2, 3) AS waiting) AS waiting_hours
FROM ioc_tally`;

type FacetRow = [
  string,
  IocType,
  number,
  number,
  boolean,
  boolean,
  string[] | null,
  string[] | null,
  string[] | null,
  number,
];
type HourRow = [number, boolean, boolean, number];
type Row = Mark & {
  known: number;
  facets: FacetRow[] | null;
  hours: HourRow[] | null;
  waiting: FacetRow[] | null;
  waiting_hours: HourRow[] | null;
};

async function read(ctx: Ctx, before: Kept | null): Promise<Kept> {
  const { epoch, fold } = before?.mark ?? { epoch: -1, fold: -1 };
  const [row] = await ctx.sql.query<Row>(statement, [epoch, fold]);
  if (!row) throw new Error("the tally of IOCs is missing");
  const goesOn = before !== null && row.known >= 0;
  const folded = merged(goesOn ? before.folded : new Map<string, Facet>(), row.facets?.map(toFacet), keyOfFacet);
  const foldedHours = merged(goesOn ? before.foldedHours : new Map<string, Hour>(), row.hours?.map(toHour), keyOfHour);
  const facets = added(folded, row.waiting?.map(toFacet), keyOfFacet);
  const hours = added(foldedHours, row.waiting_hours?.map(toHour), keyOfHour);
  const rows = facets.reduce((sum, { n }) => sum + n, 0);
  const standing = hours.filter(({ withdrawn }) => !withdrawn);
  const times = {
    all: timelineOf(hours),
    listed: timelineOf(standing.filter(({ warned }) => !warned)),
    warned: timelineOf(standing),
  };
  const tally = { state: `${row.epoch} ${row.version}`, facets, hours, times, rows };
  return { mark: { epoch: row.epoch, fold: row.fold, version: row.version }, folded, foldedHours, tally };
}

const keyOfFacet = ({ facet }: Facet) => facet;
const keyOfHour = ({ hour, warned, withdrawn }: Hour) => `${hour} ${warned} ${withdrawn}`;

function merged<T>(known: ReadonlyMap<string, T>, rows: readonly T[] = [], keyOf: (row: T) => string): Map<string, T> {
  const all = new Map(known);
  for (const row of rows) all.set(keyOf(row), row);
  return all;
}

/** What is left with the changes that wait to be folded. */
function added<T extends { readonly n: number }>(
  known: ReadonlyMap<string, T>,
  waiting: readonly T[] = [],
  keyOf: (row: T) => string,
): T[] {
  const all = new Map(known);
  for (const row of waiting) {
    const key = keyOf(row);
    all.set(key, { ...row, n: (known.get(key)?.n ?? 0) + row.n });
  }
  return [...all.values()].filter(({ n }) => n > 0);
}

function toFacet([
  facet,
  type,
  confidence,
  riskScore,
  warned,
  withdrawn,
  sources,
  categories,
  industries,
  n,
]: FacetRow): Facet {
  return {
    facet,
    type,
    confidence,
    riskScore,
    warned,
    withdrawn,
    sources: sources ?? [],
    categories: categories ?? [],
    industries: industries ?? [],
    n: Number(n),
  };
}

function toHour([hour, warned, withdrawn, n]: HourRow): Hour {
  return { hour, warned, withdrawn, n: Number(n) };
}
