import { z } from "zod";
import { totalOf } from "../lib";
import {
  type Confidence,
  confidenceShape,
  confidences,
  type IocType,
  iocTypeShape,
  riskScore,
  timeOf,
  uuid,
} from "../values";
import type { Condition } from "./clause";
import type { Reader } from "./list-iocs";

import { lookbackFloor } from "./source-days";
import { passedOnSql, withholds } from "./withheld";

export const briefIocShape = z
  .object({
    id: uuid.meta({ description: "The id of the indicator.", example: "0b2f6d5e-7a51-5f0e-8a54-1c6f2f6b8a10" }),
    type: iocTypeShape.meta({ description: "What the indicator is.", example: "domain" }),
    value: z.string().meta({ description: "The indicator, normalised.", example: "malware.example" }),
    confidence: confidenceShape,
    risk_score: riskScore,
    sources_count: z.int().meta({ description: "How many feeds reported it.", example: 2 }),
    last_seen: timeOf("When a source last saw it."),
  })
  .meta({ id: "BriefIOC", description: "An indicator in short." });
export type BriefIoc = z.infer<typeof briefIocShape>;

export const briefIocsFields = {
  total: z.int().meta({ description: "How many there are, counted up to 10,000.", example: 120 }),
  total_exact: z.boolean().meta({ description: "Whether `total` is exact (true), or there are more.", example: true }),
  data: z.array(briefIocShape).meta({ description: "Those that a source saw last, the latest first." }),
};

/** What a condition on `ioc` leaves: how many, of which types, when they were added, and the latest of them. */
export type BriefIocs = {
  total: number;
  total_exact: boolean;
  types: { name: string; n: number }[];
  /** UTC days with how many were added here on them. */
  days: { name: string; n: number }[];
  data: BriefIoc[];
};

type Row = Omit<BriefIoc, "confidence" | "type"> & { confidence: number; type: IocType };
type Found = Pick<BriefIocs, "types" | "days"> & { n: number; rows: Row[] };

const columns = "id, type, value, confidence, risk_score, sources_count, last_seen";
const counted = (name: string) =>
  `(SELECT COALESCE(jsonb_agg(jsonb_build_object('name', name, 'n', n) ORDER BY n DESC, name), '[]')
    FROM (SELECT ${name} AS name, count(*) AS n FROM found GROUP BY 1) AS counted)`;

/**
 * The indicators that a condition leaves, as far back as the caller's tier looks, without what is withdrawn, listed as
 * harmless or not to be passed on. Reads 10,001 rows at most: the condition must have an index, so that ids are found
 * before rows are read.
 */
export async function selectBriefs(ctx: Reader, condition: Condition, limit: number): Promise<BriefIocs> {
  const { text, values } = readable(ctx, condition);
  const [found] = await ctx.sql.query<{ found: Found }>(
    `WITH found AS MATERIALIZED (SELECT ${columns}, (created_at AT TIME ZONE 'UTC')::date::text AS day FROM ioc
       WHERE ${text} LIMIT 10001)
     SELECT jsonb_build_object(
       'n', (SELECT count(*) FROM found), 'types', ${counted("type")}, 'days', ${counted("day")},
       'rows', (SELECT COALESCE(jsonb_agg(to_jsonb(latest) - 'day' ORDER BY last_seen DESC, id DESC), '[]')
         FROM (SELECT * FROM found ORDER BY last_seen DESC, id DESC LIMIT ${limit}) AS latest)) AS found`,
    values,
  );
  const { n = 0, types = [], days = [], rows = [] } = found?.found ?? {};
  return { ...totalOf(n), types, days, data: rows.map(briefOf) };
}

/** The latest of those that a condition leaves, by an index in that order. */
export async function selectLatestBriefs(ctx: Reader, condition: Condition, limit: number): Promise<BriefIoc[]> {
  const { text, values } = readable(ctx, condition);
  const rows = await ctx.sql.query<Omit<Row, "last_seen"> & { last_seen: Date }>(
    `SELECT ${columns} FROM ioc WHERE ${text} ORDER BY last_seen DESC, id DESC LIMIT ${limit}`,
    values,
  );
  return rows.map((row) => briefOf({ ...row, last_seen: row.last_seen.toISOString() }));
}

function readable(ctx: Reader, { text, values }: Condition): Condition {
  const floor = `updated_at >= $${values.length + 1}::timestamptz`;
  const open = "withdrawn_at IS NULL AND (warnings IS NULL OR warnings = '{}')";
  const passedOn = withholds(ctx) ? ` AND ${passedOnSql}` : "";
  return {
    text: `${text} AND ${open} AND ${floor}${passedOn}`,
    values: [...values, lookbackFloor(ctx).toISOString()],
  };
}

function briefOf(row: Row): BriefIoc {
  const confidence: Confidence = confidences[row.confidence - 1] ?? "low";
  return { ...row, confidence, last_seen: new Date(row.last_seen).toISOString() };
}
