import type { Authorized, KeyCaller, SessionCaller } from "../access";
import type { Call, Context } from "../context";
import { AppError, isUuid } from "../errors";
import { ownRowsOfIds } from "../iocs";
import { countUpTo, createTimeCursor, totalOf } from "../lib";
import { confidences, iocTypeAliases, iocTypes, isIocType, tlps } from "../values";
import type {
  IndicatorAnswer,
  IndicatorList,
  IndicatorPath,
  IndicatorStatus,
  IndicatorView,
  ListIndicatorsInput,
} from "./shape";

type Reader = Call<Authorized<KeyCaller | SessionCaller>>;

const cursors = createTimeCursor();

type Row = {
  id: string;
  type: string;
  value: string;
  external_id: string | null;
  confidence: number;
  tlp: string;
  tags: string[];
  threat_type: string | null;
  malware_family: string | null;
  comment: string | null;
  reference_url: string | null;
  warnings: string[];
  first_seen: Date;
  last_seen: Date;
  valid_until: Date | null;
  withdrawn_at: Date | null;
  created_at: Date;
  created_by: string;
  updated_at: Date;
  status: IndicatorStatus;
};

const columns = `ioc_id AS id, type, value, external_id, confidence, tlp, tags, threat_type, malware_family, comment,
  reference_url, warnings, first_seen, last_seen, valid_until, withdrawn_at, created_at, created_by, updated_at`;
const statusSql = (now: string) =>
  `CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN valid_until <= ${now}::timestamptz THEN 'expired' ELSE 'active' END`;

/** A page of what the workspace says itself, newest change first. */
export async function listIndicators(ctx: Reader, input: ListIndicatorsInput): Promise<IndicatorList> {
  const { status, type, tag, q, limit, cursor, external_id: externalId } = input;
  const now = ctx.now().toISOString();
  const after = cursor === undefined ? null : cursors.read(cursor);
  const canonical = type === undefined ? null : isIocType(type) ? type : iocTypeAliases[type];
  const filter = `workspace_id = $1::uuid AND ($2::text = 'all' OR ${statusSql("$3")} = $2::text)
    AND ($4::text IS NULL OR type = $4::text) AND ($5::text IS NULL OR tags @> ARRAY[$5::text])
    AND ($6::text IS NULL OR external_id = $6::text)
    AND ($7::text IS NULL OR value ILIKE $7::text OR comment ILIKE $7::text)`;
  const like = q === undefined ? null : `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const values = [ctx.caller.workspaceId, status, now, canonical, tag ?? null, externalId ?? null, like];
  const rows = await ctx.sql.query<Row>(
    `SELECT ${columns}, ${statusSql("$3")} AS status FROM own_indicator
     WHERE ${filter} AND ($8::timestamptz IS NULL OR (updated_at, ioc_id) < ($8::timestamptz, $9::uuid))
     ORDER BY updated_at DESC, ioc_id DESC LIMIT $10::int4`,
    [...values, after?.at.toISOString() ?? null, after?.id ?? null, limit + 1],
  );
  const [counted] = await ctx.sql.query<{ n: number }>(countUpTo(`own_indicator WHERE ${filter}`), values);
  const page = rows.slice(0, limit);
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    data: await viewsOf(ctx, page),
    meta: {
      generated_at: now,
      feed_version: "1.0",
      source: ctx.instance.name,
      ...totalOf(counted?.n ?? 0),
      limit,
      next_cursor: last ? cursors.write(last.updated_at, last.id) : null,
      stored: await storedOf(ctx),
      indicators_limit: ctx.caller.tier.ownIndicators,
    },
  };
}

async function storedOf(ctx: Reader): Promise<number> {
  const [store] = await ctx.sql.query<{ total: number }>("SELECT total FROM own_store WHERE workspace_id = $1::uuid", [
    ctx.caller.workspaceId,
  ]);
  return store?.total ?? 0;
}

/** Throws `not_found` for one that is not of this workspace. */
export async function getIndicator(ctx: Reader, { indicatorId }: IndicatorPath): Promise<IndicatorAnswer> {
  const rows = isUuid(indicatorId)
    ? await ctx.sql.query<Row>(
        `SELECT ${columns}, ${statusSql("$3")} AS status FROM own_indicator
         WHERE workspace_id = $1::uuid AND ioc_id = $2::uuid`,
        [ctx.caller.workspaceId, indicatorId, ctx.now().toISOString()],
      )
    : [];
  const [view] = await viewsOf(ctx, rows);
  if (!view) throw new AppError("not_found", { message: "The workspace has no such indicator." });
  return { data: view };
}

type Merged = { id: string; risk_score: number; sources_count: number };

async function viewsOf(
  ctx: Pick<Context, "sql" | "now"> & { caller: { workspaceId: string } },
  rows: readonly Row[],
): Promise<IndicatorView[]> {
  const standing = rows.filter(({ status }) => status === "active").map(({ id }) => id);
  const merged =
    standing.length === 0
      ? []
      : await ctx.sql.query<Merged>(`SELECT id, risk_score, sources_count FROM (${ownRowsOfIds}) ioc`, [
          standing,
          ctx.caller.workspaceId,
          ctx.now().toISOString(),
        ]);
  const byId = new Map(merged.map((row) => [row.id, row]));
  return rows.map((row) => viewOf(row, byId.get(row.id)));
}

function viewOf(row: Row, merged: Merged | undefined): IndicatorView {
  const { reference_url: reference, ...rest } = row;
  return {
    ...rest,
    reference,
    type: iocTypes.find((type) => type === row.type) ?? "domain",
    confidence: confidences[row.confidence - 1] ?? "low",
    tlp: tlps.find((tlp) => tlp === row.tlp) ?? "red",
    audience: "workspace",
    risk_score: merged?.risk_score ?? null,
    feeds_count: merged ? merged.sources_count - 1 : 0,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
    valid_until: row.valid_until?.toISOString() ?? null,
    withdrawn_at: row.withdrawn_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
