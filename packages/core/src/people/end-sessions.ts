import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { appendAboutPerson } from "./about-person";
import { getPerson } from "./list-people";
import { lockPerson, targetOf } from "./lock-person";
import type { Person } from "./shape";

/** Ends every session of a person; for operators. Throws `not_found`. */
export async function endSessions(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { personId }: { personId: string },
): Promise<Person> {
  requireOperator(ctx.caller);
  await ctx.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, personId);
    const { count } = await tx.session.deleteMany({ where: { userId: person.id } });
    await appendAboutPerson(ctx, tx, person.id, {
      action: "session.revoke",
      target: targetOf(person),
      details: { sessions: count },
    });
  });
  return getPerson(ctx, personId);
}
