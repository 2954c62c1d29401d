import type { z } from "zod";
import { type Authorized, requireOperator, type SessionCaller } from "../access";
import { appendEvent } from "../audit";
import type { Call } from "../context";
import { AppError, invalidParameter } from "../errors";
import { detect } from "../values";
import type { AllowValueInput, allowedListShape, ForbidValueInput } from "./shape";

type Operator = Call<Authorized<SessionCaller>>;
type AllowedList = z.output<typeof allowedListShape>;

/** Values of an allow list; a longer one is a warninglist that a feed should bring. */
const mostAllowed = 5_000;

/** The values that operators have said are harmless, latest first. */
export async function listAllowed(ctx: Operator): Promise<AllowedList> {
  const rows = await ctx.db.allowedValue.findMany({ orderBy: [{ addedAt: "desc" }, { value: "asc" }] });
  return {
    data: rows.map(({ type, value, note, addedAt, addedBy }) => ({
      ...{ type, value, note },
      added_at: addedAt.toISOString(),
      added_by: addedBy,
    })),
  };
}

/** Says that a value is harmless on this instance; a domain stands for all below it, a network for all in it. */
export async function allowValue(ctx: Operator, { value, note }: AllowValueInput): Promise<AllowedList> {
  requireOperator(ctx.caller);
  const found = detect(value);
  if (!found.ok) {
    throw invalidParameter({ field: "value", problem: found.problem, allowed: "an indicator of any type" });
  }
  await ctx.db.$transaction(async (tx) => {
    const row = { type: found.type, value: found.value };
    // Of two who allow it at once, the second sees that it is there.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tocsin allowed values'))`;
    if (await tx.allowedValue.findUnique({ where: { type_value: row }, select: { type: true } })) return;
    if ((await tx.allowedValue.count()) >= mostAllowed) {
      throw invalidParameter({ field: "value", problem: "does not fit", allowed: `at most ${mostAllowed} values` });
    }
    await tx.allowedValue.create({ data: { ...row, note, addedAt: ctx.now(), addedBy: ctx.caller.email } });
    await appendEvent(ctx, { action: "warninglist.allow", target: targetOf(row) }, tx);
  });
  return listAllowed(ctx);
}

/** Takes that back. */
export async function forbidValue(ctx: Operator, row: ForbidValueInput): Promise<AllowedList> {
  requireOperator(ctx.caller);
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.allowedValue.deleteMany({ where: { type: row.type, value: row.value } });
    if (count === 0) throw new AppError("not_found");
    await appendEvent(ctx, { action: "warninglist.forbid", target: targetOf(row) }, tx);
  });
  return listAllowed(ctx);
}

function targetOf({ type, value }: { type: string; value: string }) {
  return { type: "allowed_value", id: value.slice(0, 200), name: `${type} ${value}`.slice(0, 200) };
}
