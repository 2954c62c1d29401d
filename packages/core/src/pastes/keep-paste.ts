import { randomUUID } from "node:crypto";
import type { Authorized, SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call, Context } from "../context";
import { AppError, invalidParameter, isUuid } from "../errors";
import { dayMs } from "../lib";
import {
  type KeepPasteInput,
  type KeptPaste,
  mostPastes,
  type PasteAnswer,
  type PasteList,
  type PastePath,
} from "./shape";

type Member = Call<Authorized<SessionCaller>>;

const select = { id: true, title: true, createdAt: true, createdBy: true, expiresAt: true } as const;
type Row = { id: string; title: string; createdAt: Date; createdBy: string; expiresAt: Date };

/** Keeps a text for everybody in the workspace, until it expires. Throws `invalid_parameter` where there are too many. */
export async function keepPaste(ctx: Member, { title, text, days }: KeepPasteInput): Promise<KeptPaste> {
  const { workspaceId, email } = ctx.caller;
  const now = ctx.now();
  const row = {
    ...{ id: randomUUID(), workspaceId, title, text: text.replaceAll("\0", ""), createdAt: now, createdBy: email },
    expiresAt: new Date(now.getTime() + days * dayMs),
  };
  await ctx.db.$transaction(async (tx) => {
    // Those who keep texts in one workspace wait for each other, so that each counts the one before.
    await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.paste.count({ where: { workspaceId, expiresAt: { gt: now } } })) >= mostPastes) {
      throw invalidParameter({ field: "text", problem: "does not fit", allowed: `at most ${mostPastes} kept texts` });
    }
    await tx.paste.create({ data: row });
    const target = { type: "paste", id: row.id, name: title };
    await appendEvent(ctx, { action: "paste.keep", target, details: { days, characters: text.length } }, tx);
  });
  return { data: viewOf(row) };
}

/** The texts that the workspace keeps, newest first. */
export async function listPastes(ctx: Member): Promise<PasteList> {
  const where = { workspaceId: ctx.caller.workspaceId, expiresAt: { gt: ctx.now() } };
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  const rows = await ctx.db.paste.findMany({ where, orderBy, take: mostPastes, select });
  return { data: rows.map(viewOf) };
}

/** One kept text. Throws `not_found` for one that has expired or is not of this workspace. */
export async function getPaste(ctx: Member, { pasteId }: PastePath): Promise<PasteAnswer> {
  const row = isUuid(pasteId)
    ? await ctx.db.paste.findFirst({
        where: { id: pasteId, workspaceId: ctx.caller.workspaceId, expiresAt: { gt: ctx.now() } },
        select: { ...select, text: true },
      })
    : null;
  if (!row) throw missing();
  return { data: { ...viewOf(row), text: row.text } };
}

/** Deletes a kept text before it expires. Throws `not_found`. */
export async function removePaste(ctx: Member, { pasteId }: PastePath): Promise<{ success: true }> {
  const { data } = await getPaste(ctx, { pasteId });
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.paste.deleteMany({ where: { id: data.id } });
    if (count === 0) throw missing();
    await appendEvent(ctx, { action: "paste.remove", target: { type: "paste", id: data.id, name: data.title } }, tx);
  });
  return { success: true };
}

/** Deletes what has expired; gives how many. */
export async function prunePastes(ctx: Pick<Context, "db" | "now">): Promise<number> {
  const { count } = await ctx.db.paste.deleteMany({ where: { expiresAt: { lte: ctx.now() } } });
  return count;
}

function missing(): AppError {
  return new AppError("not_found", { message: "There is no such text. It may have expired." });
}

function viewOf({ id, title, createdAt, createdBy, expiresAt }: Row): KeptPaste["data"] {
  return {
    ...{ id, title, created_by: createdBy },
    ...{ created_at: createdAt.toISOString(), expires_at: expiresAt.toISOString() },
  };
}
