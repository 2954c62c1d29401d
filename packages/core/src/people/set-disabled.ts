import type { Prisma } from "@tocsin/db";
import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { invalidParameter } from "../errors";
import { endKeysOf } from "../keys";
import { endTokensOf } from "../tokens";
import { keepingSomebody } from "../workspaces";
import { appendAboutPerson } from "./about-person";
import { getPerson } from "./list-people";
import { type LockedPerson, lockPerson, targetOf } from "./lock-person";
import type { Person, SetDisabledInput } from "./shape";

/**
 * Disables a person, or enables them again. Who is disabled cannot sign in, their sessions and links end at once; the keys
 * and tokens that they made end where `endKeys` says so, by the fence, and stay ended. For operators, who cannot disable
 * themselves. Twice is no error: what was left over is ended. Throws `not_found` and `last_operator`.
 */
export async function setDisabled(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  input: SetDisabledInput,
): Promise<Person> {
  requireOperator(ctx.caller);
  const { personId, disabled, endKeys } = input;
  if (disabled && ctx.caller.kind === "session" && ctx.caller.userId === personId) {
    throw invalidParameter({ field: "personId", problem: "is your own" });
  }
  const work = ctx.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, personId);
    const sessions = disabled ? await endAccess(tx, person.id) : 0;
    if (person.disabled !== disabled) {
      const data = { disabledAt: disabled ? ctx.now() : null };
      await tx.user.update({ where: { id: person.id }, data, select: { id: true } });
      await appendAboutPerson(ctx, tx, person.id, eventOf(person, input, sessions));
    }
    return person;
  });
  const { email } = await keepingSomebody(work);
  if (disabled && endKeys) {
    await endKeysOf(ctx, { createdBy: email }, input.reason || null);
    await endTokensOf(ctx, { createdBy: email }, input.reason || null);
  }
  return getPerson(ctx, personId);
}

/** Ends the sessions and links of a person; gives how many sessions there were. */
async function endAccess(tx: Prisma.TransactionClient, userId: string): Promise<number> {
  await tx.accountLink.deleteMany({ where: { userId } });
  const { count } = await tx.session.deleteMany({ where: { userId } });
  return count;
}

function eventOf(person: LockedPerson, { disabled, endKeys, reason }: SetDisabledInput, sessions: number) {
  const about = { target: targetOf(person), reason: reason || null };
  return disabled
    ? ({ action: "person.disable", ...about, details: { sessions, keys_end: endKeys } } as const)
    : ({ action: "person.enable", ...about } as const);
}
