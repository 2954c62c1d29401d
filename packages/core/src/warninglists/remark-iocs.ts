import { createHash } from "node:crypto";
import type { Context } from "../context";
import { confidenceSql, type RiskColumns, riskScoreSql, storedColumns } from "../iocs";
import { type IocType, sampleFeedIds, type Warninglists } from "../values";
import { warninglistsOf } from "./cached-warninglists";

export type Remarked = { read: number; changed: number; done: boolean };

const first = "00000000-0000-0000-0000-000000000000";

/** What tells one state of the lists from another. */
export function fingerprintOf({ lists }: Pick<Warninglists, "lists">): string {
  const hash = createHash("sha256");
  for (const { entries, ...facts } of lists) hash.update(JSON.stringify([facts, entries]));
  return hash.digest("hex").slice(0, 32);
}

const facts: RiskColumns = { ...storedColumns, warnings: "said.warnings", now: "$3::timestamptz" };

// By ascending id, as an ingest locks them, so that neither waits for the other in a ring.
const statement = `
WITH said AS (
  SELECT t.id, string_to_array(t.warnings, E'\\x1f') AS warnings FROM unnest($1::uuid[], $2::text[]) AS t(id, warnings)
), held AS (
  SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE
), changed AS (
  UPDATE ioc SET warnings = said.warnings, risk_score = ${riskScoreSql(facts)}, confidence = ${confidenceSql(facts)},
    updated_at = GREATEST(ioc.updated_at + interval '1 millisecond', $3::timestamptz)
  FROM said, held WHERE ioc.id = said.id AND held.id = ioc.id
  RETURNING ioc.id
), queued AS (
  INSERT INTO ioc_change (ioc_id) SELECT id FROM changed
)
SELECT count(*)::int AS n FROM changed`;

/**
 * One batch of marking what is stored by the lists as they are now: it goes on where the batch before ended, on whatever
 * node that was, and begins anew when the lists have changed. Only rows whose marks differ are written. A change younger
 * than `settledMs` waits: other nodes still mark what comes in by the lists as they were.
 */
export async function remarkIocs(
  ctx: Pick<Context, "sql" | "now" | "warninglists">,
  { batch = 5_000, settledMs = 0 }: { batch?: number; settledMs?: number } = {},
): Promise<Remarked> {
  const lists = warninglistsOf(ctx);
  const fingerprint = fingerprintOf(lists);
  return ctx.sql.begin(async (sql) => {
    const after = await findPlace(ctx, sql, fingerprint, settledMs);
    if (after === null) return { read: 0, changed: 0, done: true };
    const rows = await sql.query<Marked>(
      `SELECT id, type, value, warnings, sources <@ $3::text[] AS sample FROM ioc WHERE id > $1::uuid
       ORDER BY id LIMIT $2::int`,
      [after, batch, sampleFeedIds],
    );
    const differ = differingOf(rows, lists);
    const changed = differ.length === 0 ? 0 : await write(ctx, sql, differ);
    const done = rows.length < batch;
    await sql.query(
      `UPDATE warninglist_marking SET lists = $1, place = $2::uuid,
         finished_at = CASE WHEN $2::uuid IS NULL THEN $3::timestamptz ELSE finished_at END WHERE id = 1`,
      [fingerprint, done ? null : rows.at(-1)?.id, ctx.now().toISOString()],
    );
    return { read: rows.length, changed, done };
  });
}

/** The id that the next batch comes after, its row locked; null where there is nothing to do, or not by this node now. */
async function findPlace(
  ctx: Pick<Context, "now">,
  sql: Pick<Context["sql"], "query">,
  fingerprint: string,
  settledMs: number,
): Promise<string | null> {
  await sql.query("INSERT INTO warninglist_marking (id, lists, place) VALUES (1, '', NULL) ON CONFLICT DO NOTHING");
  const [state] = await sql.query<{ lists: string; place: string | null }>(
    "SELECT lists, place FROM warninglist_marking WHERE id = 1 FOR UPDATE SKIP LOCKED",
  );
  // Another node is at it.
  if (!state) return null;
  const same = state.lists === fingerprint;
  if (same && state.place === null) return null;
  if (settledMs > 0 && (await isYoung(sql, new Date(ctx.now().getTime() - settledMs)))) return null;
  return (same ? state.place : null) ?? first;
}

/** `sample`: only the sample set says so, whose documentation addresses are on lists of what is never bad. */
type Marked = { id: string; type: IocType; value: string; warnings: string[] | null; sample: boolean };

/** Rows that the lists now mark otherwise, with what they say. */
function differingOf(rows: readonly Marked[], lists: Warninglists): { id: string; said: string }[] {
  return rows.flatMap(({ id, type, value, warnings, sample }) => {
    const said = sample ? [] : lists.warningsOf(type, value);
    return sameNames(said, warnings ?? []) ? [] : [{ id, said: said.join("\u001f") }];
  });
}

async function isYoung(sql: Pick<Context["sql"], "query">, since: Date): Promise<boolean> {
  const [row] = await sql.query<{ young: boolean }>(
    `SELECT EXISTS (SELECT FROM warninglist WHERE changed_at > $1::timestamptz)
       OR EXISTS (SELECT FROM allowed_value WHERE added_at > $1::timestamptz) AS young`,
    [since.toISOString()],
  );
  return row?.young === true;
}

async function write(
  ctx: Pick<Context, "now">,
  sql: Pick<Context["sql"], "query">,
  differ: readonly { id: string; said: string }[],
): Promise<number> {
  const [row] = await sql.query<{ n: number }>(statement, [
    differ.map(({ id }) => id),
    differ.map(({ said }) => said),
    ctx.now().toISOString(),
  ]);
  return row?.n ?? 0;
}

function sameNames(said: readonly string[], held: readonly string[]): boolean {
  return said.length === held.length && said.every((name) => held.includes(name));
}
