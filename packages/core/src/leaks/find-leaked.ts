import type { Context } from "../context";
import { hashesOf, isSecret } from "../keys";
import { type LeakPolicy, leakPolicyOf } from "./shape";

/** What a leaked secret opens, or opened. */
export type Leaked = {
  kind: "key" | "token";
  id: string;
  name: string;
  prefix: string;
  workspaceId: string;
  /** Revoked, expired, or replaced by a secret that goes on. */
  over: boolean;
  policy: LeakPolicy;
};

type Row = Omit<Leaked, "policy"> & { hash: string; policy: string };

/** For each secret what it belongs to, or null. One statement, however many are ours; none when none is well-formed. */
export async function findLeaked(
  ctx: Pick<Context, "sql" | "now" | "peppers">,
  secrets: readonly string[],
): Promise<(Leaked | null)[]> {
  const hashes = secrets.map((secret) => (isSecret(secret) ? hashesOf(secret, ctx.peppers) : []));
  const wanted = [...new Set(hashes.flat())];
  if (wanted.length === 0) return secrets.map(() => null);
  const rows = await ctx.sql.query<Row>(leakedBySecret, [wanted, ctx.now().toISOString()]);
  const byHash = new Map(rows.map(({ hash, ...row }) => [`\\x${hash}`, { ...row, policy: leakPolicyOf(row.policy) }]));
  return hashes.map((own) => own.map((hash) => byHash.get(hash)).find((found) => found !== undefined) ?? null);
}

const leakedBySecret = `
  SELECT 'key' AS kind, encode(s.hash, 'hex') AS hash, k.id, k.name, s.prefix, k.workspace_id AS "workspaceId",
    (k.revoked_at IS NOT NULL OR coalesce(k.expires_at <= $2::timestamptz, false)
      OR coalesce(s.retires_at <= $2::timestamptz, false)) AS over,
    w.leak_policy AS policy
  FROM key_secret s JOIN api_key k ON k.id = s.key_id JOIN workspace w ON w.id = k.workspace_id
  WHERE s.hash = ANY ($1::text[]::bytea[])
  UNION ALL
  SELECT 'token', encode(t.hash, 'hex'), t.id, t.name, t.prefix, t.workspace_id,
    (t.revoked_at IS NOT NULL OR t.expires_at <= $2::timestamptz), w.leak_policy
  FROM management_token t JOIN workspace w ON w.id = t.workspace_id
  WHERE t.hash = ANY ($1::text[]::bytea[])`;
