import type { Prisma } from "@tocsin/db";
import type { Context } from "../context";
import { awaitNodes } from "./await-nodes";
import { fenceChannel } from "./timing";

/** What a change restricts: one key, or every key of a workspace. */
export type Subject = { kind: "key" | "workspace"; id: string };

type RestrictionContext = Pick<Context, "db" | "sql" | "log" | "revocation">;
type Work<T> = (tx: Prisma.TransactionClient) => Promise<{ result: T; subject: Subject | null }>;

/**
 * The one way to change what a key may do: `work` in a transaction, then a tombstone for its subject, and no answer
 * before every node has applied it. `subject` null says that nothing was left to change: what was changed before is waited
 * for all the same. Throws `service_unavailable` when the change is stored but cannot be confirmed in time.
 */
export async function commitRestriction<T>(ctx: RestrictionContext, work: Work<T>): Promise<T> {
  const { result, number } = await commit(ctx, work);
  await awaitNodes(ctx, number);
  return result;
}

/** The same without the wait: every node has applied it at its next renewal, or has no lease any more. */
export async function commitRestrictionSoon<T>(ctx: RestrictionContext, work: Work<T>): Promise<T> {
  return (await commit(ctx, work)).result;
}

async function commit<T>(ctx: RestrictionContext, work: Work<T>): Promise<{ result: T; number: number }> {
  const { result, subject, number } = await ctx.db.$transaction(async (tx) => {
    const done = await work(tx);
    // Last, since it makes every other change wait until this one is committed.
    const number = done.subject ? await setTombstone(tx, done.subject) : await readHead(tx);
    return { ...done, number };
  });
  if (subject) ctx.revocation?.apply({ number, subject: subject.id });
  return { result, number };
}

async function setTombstone(tx: Prisma.TransactionClient, { kind, id }: Subject): Promise<number> {
  const [row] = await tx.$queryRaw<{ head: bigint | number }[]>`
    WITH next AS (UPDATE fence SET head = head + 1 RETURNING head),
      tombstone AS (
        INSERT INTO tombstone (number, kind, subject, at)
        SELECT head, ${kind}, ${id}::uuid, clock_timestamp() FROM next
      )
    SELECT head, pg_notify(${fenceChannel}, head || ' ' || ${id}::uuid)::text FROM next`;
  if (!row) throw new Error("the fence is missing its row");
  const number = Number(row.head);
  if (number % pruneEvery === 0) await prune(tx);
  return number;
}

async function readHead(tx: Prisma.TransactionClient): Promise<number> {
  const [row] = await tx.$queryRaw<{ head: bigint | number }[]>`SELECT head FROM fence`;
  return Number(row?.head);
}

const pruneEvery = 100;

// A node that has missed a tombstone that is gone sees the gap and forgets everything.
async function prune(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`DELETE FROM tombstone WHERE at < clock_timestamp() - interval '1 hour'`;
  await tx.$executeRaw`DELETE FROM node_lease WHERE expires_at < clock_timestamp() - interval '1 minute'`;
}
