import type { Context } from "../context";
import type { IocRecord } from "./record";

/** Whether STIX says of a record that it is revoked: nobody stands for it any more, or its value is a known good one. */
export function isRevoked({ withdrawnAt, warnings }: Pick<IocRecord, "withdrawnAt" | "warnings">): boolean {
  return withdrawnAt !== null || warnings.length > 0;
}

/** The same on columns of `ioc`. */
export const revokedSql = "(withdrawn_at IS NOT NULL OR coalesce(cardinality(warnings), 0) > 0)";

type Times = "firstSeen" | "lastSeen" | "createdAt" | "updatedAt" | "validUntil" | "withdrawnAt";
type Frozen = Omit<IocRecord, Times> & { [Name in Times]: string | null };

/** A revoked record as it is kept, whatever becomes of its row. */
export function freeze(record: IocRecord): string {
  return JSON.stringify(record);
}

/** What `freeze` wrote, as the database gives it back. */
export function restore(kept: object): IocRecord {
  const { firstSeen, lastSeen, createdAt, updatedAt, validUntil, withdrawnAt, ...rest } = kept as Frozen;
  const date = (text: string | null) => new Date(text ?? 0);
  return {
    ...rest,
    firstSeen: date(firstSeen),
    lastSeen: date(lastSeen),
    createdAt: date(createdAt),
    updatedAt: date(updatedAt),
    validUntil: validUntil === null ? null : date(validUntil),
    withdrawnAt: withdrawnAt === null ? null : date(withdrawnAt),
  };
}

/**
 * What a delta answers: what stands, and the end of what may have been published. Not as EXISTS, for which a planner
 * may read all that was ever published into memory first.
 */
export const publishedSql = `(NOT ${revokedSql} OR COALESCE((
  SELECT true FROM publication p WHERE p.ioc_id = ioc.id AND p.generation = ioc.generation LIMIT 1), false))`;

/** The same records, those that were published as revoked as they were then: they have no later version. */
export async function asPublished(
  ctx: Pick<Context, "sql">,
  records: readonly IocRecord[],
): Promise<readonly IocRecord[]> {
  const revoked = records.filter(isRevoked);
  if (revoked.length === 0) return records;
  const rows = await ctx.sql.query<{ ioc_id: string; generation: number; frozen: object }>(
    "SELECT ioc_id, generation, frozen FROM publication WHERE ioc_id = ANY ($1::uuid[]) AND frozen IS NOT NULL",
    [revoked.map(({ id }) => id)],
  );
  const kept = new Map(rows.map((row) => [`${row.ioc_id} ${row.generation}`, row.frozen]));
  return records.map((record) => {
    const frozen = isRevoked(record) ? kept.get(`${record.id} ${record.generation}`) : undefined;
    return frozen ? restore(frozen) : record;
  });
}
