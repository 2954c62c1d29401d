import type { Prisma } from "@tocsin/db";
import type { Context } from "../context";
import { chainOf, type EventContent, hashEvent, noHash, signHead, storable, storableJson } from "./chain";

/** An event before it has its place. */
export type EventDraft = Omit<EventContent, "id" | "at"> & { at: Date };

/** The most that one statement writes. */
const batch = 500;

/**
 * Adds events to the end of one chain, in their order. It holds the chain until `tx` ends, so that others who append
 * wait: call it last in a transaction, and for several chains in the order of their ids.
 */
export async function appendToChain(
  ctx: Pick<Context, "now" | "auditKeys">,
  tx: Prisma.TransactionClient,
  workspaceId: string | null,
  drafts: readonly EventDraft[],
): Promise<void> {
  const chain = chainOf(workspaceId);
  for (let start = 0; start < drafts.length; start += batch) {
    const part = drafts.slice(start, start + batch);
    const head = await lockHead(tx, chain, part.length, ctx.now());
    const end = { seq: head.seq, hash: head.hash };
    const data = part.map((draft, i) => {
      const content = contentOf(head.ids[i] ?? "", draft);
      const prev = end.hash;
      end.seq += 1;
      end.hash = hashWith(ctx, { chain, seq: end.seq, prev }, content);
      return {
        ...content,
        id: BigInt(content.id),
        details: (content.details ?? undefined) as Prisma.InputJsonObject | undefined,
        workspaceId,
        seq: end.seq,
        prevHash: new Uint8Array(prev),
        hash: end.hash,
        hashKeyId: ctx.auditKeys.current,
      };
    });
    await tx.auditEvent.createMany({ data: data.map(withoutUndefined) });
    await moveHead(ctx, tx, { chain, ...end });
  }
}

function withoutUndefined<T extends { details: Prisma.InputJsonObject | undefined }>({ details, ...row }: T) {
  return { ...row, ...(details === undefined ? {} : { details }) };
}

type Head = { seq: number; hash: Uint8Array<ArrayBuffer>; ids: string[] };

/** The end of the chain, locked until `tx` ends, made where there is none; with ids for the events that will follow. */
export async function lockHead(tx: Prisma.TransactionClient, chain: string, events: number, now: Date): Promise<Head> {
  const rows = await tx.$queryRaw<{ seq: bigint | number; hash: Uint8Array; ids: string }[]>`
    INSERT INTO audit_head AS head (chain, seq, hash, key_id, signature, at)
    VALUES (${chain}::uuid, 0, ${noHash}::bytea, '', ''::bytea, ${now.toISOString()}::timestamptz)
    ON CONFLICT (chain) DO UPDATE SET seq = head.seq
    RETURNING seq, hash,
      (SELECT string_agg(nextval('audit_event_id_seq')::text, ',') FROM generate_series(1, ${events}::int)) AS ids`;
  const [row] = rows;
  if (!row) throw new Error("the audit log gave no end of its chain");
  return { seq: Number(row.seq), hash: new Uint8Array(row.hash), ids: (row.ids ?? "").split(",") };
}

export async function moveHead(
  ctx: Pick<Context, "now" | "auditKeys">,
  tx: Prisma.TransactionClient,
  head: { chain: string; seq: number; hash: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const keyId = ctx.auditKeys.current;
  const signature = signHead(ctx.auditKeys, keyId, head);
  if (!signature) throw unknownKey(keyId);
  await tx.auditHead.update({
    where: { chain: head.chain },
    data: { seq: head.seq, hash: head.hash, keyId, signature, at: ctx.now() },
    select: { chain: true },
  });
}

export function hashWith(
  ctx: Pick<Context, "auditKeys">,
  place: { chain: string; seq: number; prev: Uint8Array },
  content: EventContent,
): Uint8Array<ArrayBuffer> {
  const hash = hashEvent(ctx.auditKeys, ctx.auditKeys.current, place, content);
  if (!hash) throw unknownKey(ctx.auditKeys.current);
  return hash;
}

function unknownKey(id: string): Error {
  return new Error(`the audit key ${id} is not in the keyring`);
}

/** As it will be read again, so that its hash is that of what is kept. */
function contentOf(id: string, draft: EventDraft): EventContent {
  return {
    id,
    at: draft.at.toISOString(),
    action: draft.action,
    outcome: draft.outcome,
    actorType: draft.actorType,
    actorId: storable(draft.actorId),
    actorName: storable(draft.actorName),
    ip: storable(draft.ip),
    userAgent: storable(draft.userAgent),
    requestId: storable(draft.requestId),
    targetType: storable(draft.targetType),
    targetId: storable(draft.targetId),
    targetName: storable(draft.targetName),
    reason: storable(draft.reason),
    details: draft.details === null || draft.details === undefined ? null : storableJson(draft.details),
  };
}
