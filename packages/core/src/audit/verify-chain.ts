import type { Context } from "../context";
import { chainOf, hashEvent, hex, instanceChain, noHash, sameBytes, signHead } from "./chain";
import { type ChainRow, chainColumns, contentOfRow, type Problem, type Walk } from "./chain-row";
import { type Checkpoint, readCheckpoints } from "./checkpoint";
import { explainBreak } from "./explain-break";

export type ChainReport = {
  /** Null for the chain of the whole instance. */
  workspaceId: string | null;
  events: number;
  /** The hash of the last event that was verified; null for a chain without events. */
  head: string | null;
  checkpoints: number;
  problem: Problem | null;
};

export type VerifyOptions = {
  /** Checkpoints from elsewhere, such as the log: they hold even where the database was changed as a whole. */
  checkpoints?: readonly Checkpoint[];
  onProgress?: (done: number, total: number) => void;
  pageSize?: number;
};

type Reader = Pick<Context, "db" | "auditKeys">;

/**
 * Walks along one chain, page by page, and names the first event that was edited, deleted, reordered, inserted or cut
 * off. Events that are appended meanwhile are verified too.
 */
export async function verifyChain(
  ctx: Reader,
  workspaceId: string | null,
  options: VerifyOptions = {},
): Promise<ChainReport> {
  const chain = chainOf(workspaceId);
  const own = (options.checkpoints ?? []).filter((checkpoint) => checkpoint.chain === chain);
  const checkpoints = [...(await readCheckpoints(ctx, chain)), ...own];
  const walk: Walk = { chain, workspaceId, seq: 0, hash: noHash, last: null };
  const report = (problem: Problem | null): ChainReport => ({
    workspaceId,
    events: walk.seq,
    head: walk.seq > 0 ? hex(walk.hash) : null,
    checkpoints: checkpoints.length,
    problem,
  });
  const forged = checkpoints.find((checkpoint) => !isSigned(ctx, checkpoint));
  const marks = new Map(checkpoints.filter((one) => one !== forged).map((one) => [one.seq, one]));
  const { broken, head } = await walkToEnd(ctx, walk, marks, options);
  if (broken) return report(broken);
  if (forged) return report(checkpointProblem("checkpoint_edited", forged));
  return report((await judgeEnd(ctx, walk, head, checkpoints)) ?? (await findUnchained(ctx, workspaceId)));
}

/** The chains that anything in the database tells of: null is the instance's. */
export async function listChains(ctx: Pick<Context, "sql">): Promise<(string | null)[]> {
  const rows = await ctx.sql.query<{ chain: string }>(
    `SELECT chain::text FROM audit_head UNION SELECT chain::text FROM audit_checkpoint
     UNION SELECT DISTINCT COALESCE(workspace_id, '${instanceChain}')::text FROM audit_event ORDER BY 1`,
  );
  return rows.map(({ chain }) => (chain === instanceChain ? null : chain));
}

/** Moves the walk on to the chain's end, or to the event that breaks it; with the record of the end as read last. */
async function walkToEnd(
  ctx: Reader,
  walk: Walk,
  marks: ReadonlyMap<number, Checkpoint>,
  { pageSize = 1_000, onProgress }: VerifyOptions,
): Promise<{ broken: Problem | null; head: Head | null }> {
  let head = await readHead(ctx, walk.chain);
  for (;;) {
    const page = await readPage(ctx, walk, pageSize);
    const broken = await walkPage(ctx, walk, page, marks);
    if (broken) return { broken, head };
    onProgress?.(walk.seq, Math.max(head?.seq ?? 0, walk.seq));
    if (page.length > 0) continue;
    // What was appended since the last page was read is committed together with the head that is read here.
    head = await readHead(ctx, walk.chain);
    const isEnd = !head || head.seq <= walk.seq || (await readPage(ctx, walk, 1)).length === 0;
    if (isEnd) return { broken: null, head };
  }
}

function readPage(ctx: Reader, walk: Walk, take: number): Promise<ChainRow[]> {
  return ctx.db.auditEvent.findMany({
    // One more event at the place of the last one, or at none that there is, must be seen too.
    where: {
      workspaceId: walk.workspaceId,
      ...(walk.last === null ? { seq: { not: null } } : { seq: { gte: walk.seq }, id: { not: walk.last } }),
    },
    orderBy: [{ seq: "asc" }, { id: "asc" }],
    take,
    select: chainColumns,
  });
}

async function walkPage(
  ctx: Reader,
  walk: Walk,
  page: readonly ChainRow[],
  marks: ReadonlyMap<number, Checkpoint>,
): Promise<Problem | null> {
  for (const row of page) {
    const seq = walk.seq + 1;
    const hash = hashEvent(
      ctx.auditKeys,
      row.hashKeyId ?? "",
      { chain: walk.chain, seq, prev: walk.hash },
      contentOfRow(row),
    );
    const stands = Number(row.seq) === seq && sameBytes(row.prevHash, walk.hash) && sameBytes(row.hash, hash);
    if (!stands || !hash) {
      // Read again: another process may have appended since the head was read.
      return explainBreak(ctx, walk, row, (await readHead(ctx, walk.chain))?.seq ?? 0);
    }
    const mark = marks.get(seq);
    if (mark && !sameBytes(mark.hash, hash)) {
      return { ...checkpointProblem("rewritten", mark), seq, event: row.id.toString() };
    }
    walk.seq = seq;
    walk.hash = hash;
    walk.last = BigInt(row.id);
  }
  return null;
}

type Head = { seq: number; hash: Uint8Array; keyId: string; signature: Uint8Array };

async function readHead(ctx: Reader, chain: string): Promise<Head | null> {
  const row = await ctx.db.auditHead.findUnique({
    where: { chain },
    select: { seq: true, hash: true, keyId: true, signature: true },
  });
  return row ? { ...row, seq: Number(row.seq) } : null;
}

async function judgeEnd(
  ctx: Reader,
  walk: Walk,
  head: Head | null,
  checkpoints: readonly Checkpoint[],
): Promise<Problem | null> {
  const cut = { kind: "cut_off", seq: walk.seq + 1, event: null } as const;
  const furthest = checkpoints.reduce<Checkpoint | null>((a, b) => (a && a.seq >= b.seq ? a : b), null);
  const lost = (until: number) => `the chain ends after ${walk.seq} events`.concat(`; it had ${until}`);
  if (furthest && furthest.seq > walk.seq) {
    return { ...cut, explanation: `${lost(furthest.seq)} at the checkpoint of ${furthest.at}` };
  }
  if (!head) {
    return { kind: "head_edited", seq: walk.seq, event: null, explanation: "the record of the chain's end is gone" };
  }
  const signed = sameBytes(signHead(ctx.auditKeys, head.keyId, { chain: walk.chain, ...head }), head.signature);
  if (signed && head.seq > walk.seq)
    return { ...cut, explanation: `${lost(head.seq)} by the signed record of its end` };
  if (signed && head.seq === walk.seq && sameBytes(head.hash, walk.hash)) return null;
  const explanation = signed
    ? `the record of the chain's end names event ${head.seq}, and the chain ends with ${walk.seq}`
    : "the record of the chain's end is not signed by this instance";
  return { kind: "head_edited", seq: walk.seq, event: null, explanation };
}

/** Events that were never chained: none is written so. */
async function findUnchained(ctx: Reader, workspaceId: string | null): Promise<Problem | null> {
  const row = await ctx.db.auditEvent.findFirst({
    where: { workspaceId, seq: null },
    orderBy: { id: "asc" },
    select: { id: true, at: true, action: true },
  });
  if (!row) return null;
  return {
    kind: "inserted",
    seq: null,
    event: row.id.toString(),
    explanation: `the event of ${row.at.toISOString()} (${row.action}) has no place in the chain`,
  };
}

function isSigned(ctx: Reader, checkpoint: Checkpoint): boolean {
  return sameBytes(signHead(ctx.auditKeys, checkpoint.keyId, checkpoint), checkpoint.signature);
}

function checkpointProblem(kind: "checkpoint_edited" | "rewritten", { seq, at }: Checkpoint): Problem {
  const explanation =
    kind === "rewritten"
      ? `the chain up to event ${seq} is not the one that the checkpoint of ${at} was made of`
      : `the checkpoint at event ${seq} is not signed by this instance`;
  return { kind, seq, event: null, explanation };
}
