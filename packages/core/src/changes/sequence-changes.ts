import type { Sql, SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import { freeze, type IocRecord, revokedSql, selectRecords } from "../iocs";
import { withAdvisoryLock } from "../lib";
import { type IocType, kindOf, stixId } from "../values";
import { decideEditions, type Edition, type PublishedVersion } from "./publication";
import { queueChanges } from "./queue-changes";

/** `taken` changes were looked at; `full` where more are likely waiting. */
export type Sequenced = { taken: number; published: number; full: boolean };

const nothing: Sequenced = { taken: 0, published: 0, full: false };

/**
 * Takes the changes that have been committed and publishes them, one process at a time: `date_added` is unique and
 * grows in the order in which others can see it, however late a transaction commits. Returns at once when another
 * process is at it. One transaction: what a killed process had taken waits as before.
 */
export async function sequenceChanges(
  ctx: Pick<Context, "sql" | "now">,
  { batch = 5_000 }: { batch?: number } = {},
): Promise<Sequenced> {
  const [waiting] = await ctx.sql.query("SELECT seq FROM ioc_change ORDER BY seq LIMIT 1");
  if (!waiting) return nothing;
  const done = await withAdvisoryLock(ctx, "tocsin taxii sequencer", async (tx) => {
    const taken = await tx.query<{ ioc_id: string }>(
      `DELETE FROM ioc_change WHERE seq = ANY (ARRAY(SELECT seq FROM ioc_change ORDER BY seq LIMIT $1::int))
       RETURNING ioc_id`,
      [batch],
    );
    const ids = [...new Set(taken.map((row) => row.ioc_id))];
    await renewOwn(tx, ids, ctx.now());
    const changes = await readChanges(tx, ids);
    const decided = changes.map((change) => ({ change, decision: decideEditions(change) }));
    const returned = decided.filter(({ decision }) => "returns" in decision).map(({ change }) => change.id);
    if (returned.length > 0) await raiseGenerations(tx, returned, ctx.now());
    const editions = decided.flatMap(({ change, decision }) =>
      decision.publish.map((edition) => ({ change, edition })),
    );
    await publish(tx, editions);
    // Those that return come again in the next batch.
    const settled = decided.filter(({ decision }) => !("returns" in decision)).map(({ change }) => change.id);
    await queueChanges(tx.query, settled);
    return { taken: taken.length, published: editions.length, full: taken.length === batch || returned.length > 0 };
  });
  return done ?? nothing;
}

/** What feeds say of a value is part of the answers of a workspace that has it too, so it is published to that one as well. */
async function renewOwn(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `WITH renewed AS (
       SELECT workspace_id, ioc_id FROM own_indicator WHERE ioc_id = ANY ($1::uuid[]) AND withdrawn_at IS NULL
       ORDER BY workspace_id, ioc_id FOR UPDATE
     )
     UPDATE own_indicator o SET updated_at = GREATEST(o.updated_at + interval '1 millisecond', $2::timestamptz(3))
     FROM renewed WHERE o.workspace_id = renewed.workspace_id AND o.ioc_id = renewed.ioc_id`,
    [ids, now.toISOString()],
  );
}

type Tx = { query: SqlQuery };
type Change = Awaited<ReturnType<typeof readChanges>>[number];
type ChangeRow = {
  id: string;
  type: string;
  value: string;
  generation: number;
  updated_at: Date;
  revoked: boolean;
  published: PublishedVersion[] | null;
};

async function readChanges(tx: Tx, ids: readonly string[]) {
  const rows = await tx.query<ChangeRow>(
    `SELECT ioc.id, type, value, generation, updated_at, ${revokedSql} AS revoked, p.published
     FROM unnest($1::uuid[]) WITH ORDINALITY AS t(id, n) JOIN ioc ON ioc.id = t.id
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('generation', p.generation, 'modified', date_part('epoch', p.modified) * 1000,
         'frozen', p.frozen IS NOT NULL)) AS published
       FROM publication p WHERE p.ioc_id = t.id
     ) p ON true
     ORDER BY t.n`,
    [ids],
  );
  return rows.map(({ published, updated_at, ...row }) => {
    const kind = kindOf(row.type as IocType, row.value);
    return {
      ...row,
      kind,
      publishable: kind !== null,
      updatedAt: updated_at.getTime(),
      published: (published ?? []).map((one) => ({ ...one, modified: Math.round(one.modified) })),
    };
  });
}

/** The next batch publishes them under their new ids. */
async function raiseGenerations(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `WITH standing AS (
       SELECT id FROM ioc WHERE id = ANY ($1::uuid[]) AND NOT ${revokedSql} AND EXISTS (
         SELECT 1 FROM publication p WHERE p.ioc_id = ioc.id AND p.generation = ioc.generation AND p.frozen IS NOT NULL
       ) ORDER BY id FOR UPDATE
     ), raised AS (
       UPDATE ioc SET generation = generation + 1, created_at = $2::timestamptz(3),
         updated_at = GREATEST(updated_at + interval '1 millisecond', $2::timestamptz(3))
       FROM standing WHERE ioc.id = standing.id RETURNING ioc.id
     )
     INSERT INTO ioc_change (ioc_id) SELECT id FROM raised`,
    [ids, now.toISOString()],
  );
}

type News = { change: Change; edition: Edition };

async function publish(tx: Tx, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  const revoked = new Set(news.filter(({ edition }) => edition.revoked).map(({ change }) => change.id));
  const records = await recordsOf(tx, [...revoked]);
  await tx.query(
    `WITH base AS MATERIALIZED (
       SELECT GREATEST(clock_timestamp(), (SELECT max(date_added) FROM publication)) AS at
     )
     INSERT INTO publication AS p (stix_id, ioc_id, generation, kind, date_added, modified, frozen)
     SELECT t.stix_id, t.ioc_id, t.generation, t.kind, base.at + t.n * interval '1 microsecond', t.modified, t.frozen::jsonb
     FROM base, unnest($1::uuid[], $2::uuid[], $3::int2[], $4::int2[], $5::timestamptz[], $6::text[])
       WITH ORDINALITY AS t(stix_id, ioc_id, generation, kind, modified, frozen, n)
     ORDER BY t.n
     ON CONFLICT (stix_id) DO UPDATE SET
       date_added = EXCLUDED.date_added, modified = EXCLUDED.modified, frozen = EXCLUDED.frozen
     WHERE p.frozen IS NULL`,
    [
      news.map(({ change, edition }) => stixId(change.id, edition.generation)),
      news.map(({ change }) => change.id),
      news.map(({ edition }) => edition.generation),
      news.map(({ change }) => change.kind),
      news.map(({ edition }) => new Date(edition.modified).toISOString()),
      news.map(({ change, edition }) => (edition.revoked ? freezeAs(records.get(change.id), change, edition) : null)),
    ],
  );
}

async function recordsOf(tx: Pick<Sql, "query">, ids: readonly string[]): Promise<ReadonlyMap<string, IocRecord>> {
  if (ids.length === 0) return new Map();
  const records = await selectRecords({ sql: tx }, "FROM ioc WHERE ioc.id = ANY ($1::uuid[])", [ids]);
  return new Map(records.map((record) => [record.id, record]));
}

/** The record that a generation ends with; of one that another has followed, the same facts under its own time. */
function freezeAs(record: IocRecord | undefined, { published }: Change, { generation, modified }: Edition): string {
  if (record === undefined) throw new Error("an IOC that is revoked is gone");
  const updatedAt = new Date(modified);
  if (record.generation === generation) return freeze({ ...record, updatedAt });
  // When it was made is known no more, only that it was there by then.
  const known = published.find((one) => one.generation === generation)?.modified ?? modified;
  const createdAt = new Date(Math.min(record.createdAt.getTime(), known));
  return freeze({ ...record, generation, createdAt, updatedAt, withdrawnAt: record.withdrawnAt ?? updatedAt });
}
