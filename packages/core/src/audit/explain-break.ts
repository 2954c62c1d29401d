import type { Context } from "../context";
import { canonicalJson, hashCanonical, hashEvent, sameBytes } from "./chain";
import { type ChainRow, chainColumns, contentOfRow, type Problem, type ProblemKind, type Walk } from "./chain-row";

type Reader = Pick<Context, "db" | "auditKeys">;

/**
 * Why `row`, the first after `walk`, does not stand where it should. Hashes cannot be made without the key, so an
 * event that says what it always said can be told, wherever it stands now, by trying its hash at other places.
 */
export async function explainBreak(ctx: Reader, walk: Walk, row: ChainRow, headSeq: number): Promise<Problem> {
  const seq = walk.seq + 1;
  const stands = Number(row.seq);
  const problem = (kind: ProblemKind, explanation: string, about: ChainRow | null): Problem => ({
    kind,
    seq: kind === "deleted" ? seq : about ? Number(about.seq) : seq,
    event: about ? String(about.id) : null,
    explanation,
  });
  const genuine = await findGenuine(ctx, walk, seq);
  if (stands > seq) {
    return genuine
      ? problem("reordered", `event ${seq} was moved to place ${genuine.seq}`, genuine)
      : problem("deleted", `event ${seq} is missing: after ${walk.seq} comes ${stands}`, null);
  }
  if (seq > headSeq) return problem("inserted", `event ${seq} stands after the end of the chain, ${headSeq}`, row);
  const place = await findPlace(ctx, walk, row, headSeq);
  if (place !== null && place !== seq) {
    return genuine
      ? problem("reordered", `the event at place ${seq} was written as event ${place}`, row)
      : problem("deleted", `event ${seq} is missing: in its place stands event ${place}`, null);
  }
  if (genuine) {
    return problem("inserted", `the event at place ${seq} is not ours; the true one stands at ${genuine.seq}`, row);
  }
  if (row.hashKeyId !== null && !ctx.auditKeys.byId.has(row.hashKeyId)) {
    const hint = "if TOCSIN_SECRET was changed, name the former one in TOCSIN_PREVIOUS_SECRETS";
    return problem("unknown_key", `event ${seq} was hashed with the key ${row.hashKeyId}, unknown here; ${hint}`, row);
  }
  return problem("edited", `event ${seq} is not what was written`, row);
}

/** The event that was written after the last good one, wherever it stands. */
async function findGenuine(ctx: Reader, walk: Walk, seq: number): Promise<ChainRow | null> {
  const candidates = await ctx.db.auditEvent.findMany({
    where: { workspaceId: walk.workspaceId, prevHash: new Uint8Array(walk.hash) },
    orderBy: { id: "asc" },
    take: 100,
    select: chainColumns,
  });
  const place = { chain: walk.chain, seq, prev: walk.hash };
  return (
    candidates.find((row) =>
      sameBytes(row.hash, hashEvent(ctx.auditKeys, row.hashKeyId ?? "", place, contentOfRow(row))),
    ) ?? null
  );
}

/** The place that the row was written for; null when it was written for none. */
async function findPlace(ctx: Reader, walk: Walk, row: ChainRow, headSeq: number): Promise<number | null> {
  if (!row.prevHash || !row.hash || !row.hashKeyId) return null;
  const content = canonicalJson(contentOfRow(row));
  for (let seq = 1; seq <= headSeq; seq++) {
    const place = { chain: walk.chain, seq, prev: row.prevHash };
    if (sameBytes(row.hash, hashCanonical(ctx.auditKeys, row.hashKeyId, place, content))) return seq;
  }
  return null;
}
