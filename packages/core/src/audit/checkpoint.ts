import type { Context } from "../context";
import { hourMs } from "../lib";
import { hex, instanceChain, signHead } from "./chain";

/** What the end of a chain was at a time, signed. */
export type Checkpoint = {
  chain: string;
  /** Null for the chain of the whole instance. */
  workspaceId: string | null;
  seq: number;
  hash: Uint8Array;
  keyId: string;
  signature: Uint8Array;
  /** When it was made. */
  at: string;
};

const everyMs = hourMs;

/**
 * Keeps the end of every chain that has grown, at most once an hour for each, in the database and, signed, in the log:
 * whoever cuts off a chain and all that the database tells of it does not reach the log.
 */
export async function checkpointChains(ctx: Pick<Context, "sql" | "log" | "now" | "auditKeys">): Promise<number> {
  const now = ctx.now();
  const grown = await ctx.sql.query<{ chain: string; seq: number; hash: Uint8Array }>(
    `SELECT head.chain::text, head.seq, head.hash FROM audit_head AS head
     LEFT JOIN LATERAL (
       SELECT seq, at FROM audit_checkpoint WHERE chain = head.chain ORDER BY seq DESC LIMIT 1
     ) AS last ON true
     WHERE head.seq > COALESCE(last.seq, 0) AND (last.at IS NULL OR last.at <= $1::timestamptz)`,
    [new Date(now.getTime() - everyMs).toISOString()],
  );
  const keyId = ctx.auditKeys.current;
  for (const head of grown) {
    const signature = signHead(ctx.auditKeys, keyId, head);
    if (!signature) throw new Error(`the audit key ${keyId} is not in the keyring`);
    // Of several nodes, the one that inserts it logs it.
    const inserted = await ctx.sql.query(
      `INSERT INTO audit_checkpoint (chain, seq, hash, key_id, signature, at)
       VALUES ($1::uuid, $2::int8, decode($3, 'hex'), $4, decode($5, 'hex'), $6::timestamptz)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [head.chain, head.seq, hex(head.hash), keyId, hex(signature), now.toISOString()],
    );
    if (inserted.length === 0) continue;
    const checkpoint = writeCheckpoint({
      ...head,
      workspaceId: workspaceOf(head.chain),
      keyId,
      signature,
      at: now.toISOString(),
    });
    ctx.log.info({ checkpoint }, "audit checkpoint: keep it, `tocsin audit verify --checkpoint` takes it");
  }
  return grown.length;
}

export async function readCheckpoints(ctx: Pick<Context, "db">, chain: string): Promise<Checkpoint[]> {
  const rows = await ctx.db.auditCheckpoint.findMany({
    where: { chain },
    orderBy: { seq: "asc" },
    select: { seq: true, hash: true, keyId: true, signature: true, at: true },
  });
  return rows.map((row) => ({
    ...row,
    chain,
    workspaceId: workspaceOf(chain),
    seq: Number(row.seq),
    at: row.at.toISOString(),
  }));
}

/** One word, as it stands in the log. */
export function writeCheckpoint({ chain, seq, hash, keyId, signature, at }: Checkpoint): string {
  return ["tac1", chain, seq, hex(hash), keyId, Date.parse(at), hex(signature)].join(".");
}

/** Null for what is no checkpoint; its signature is checked where it is used. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const found =
    /^tac1\.([0-9a-f-]{36})\.([0-9]{1,15})\.([0-9a-f]{64})\.([0-9a-z]{1,64})\.([0-9]{1,15})\.([0-9a-f]{64})$/
      .exec(text)
      ?.slice(1);
  if (!found) return null;
  const [chain = "", seq = "", hash = "", keyId = "", at = "", signature = ""] = found;
  return {
    chain,
    workspaceId: workspaceOf(chain),
    seq: Number(seq),
    hash: Buffer.from(hash, "hex"),
    keyId,
    signature: Buffer.from(signature, "hex"),
    at: new Date(Number(at)).toISOString(),
  };
}

function workspaceOf(chain: string): string | null {
  return chain === instanceChain ? null : chain;
}
