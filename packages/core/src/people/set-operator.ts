import type { Prisma } from "@tocsin/db";
import { type Authorized, requireOperator, type SessionCaller, type SystemCaller } from "../access";
import type { Call } from "../context";
import { keepingSomebody } from "../workspaces";
import { appendAboutPerson } from "./about-person";
import { getPerson } from "./list-people";
import { lockPerson, targetOf } from "./lock-person";
import type { Person, SetOperatorInput } from "./shape";

/** Makes a person an operator of the instance, or takes that away. For operators. Throws `not_found` and `last_operator`. */
export async function setOperator(
  ctx: Call<Authorized<SessionCaller | SystemCaller>>,
  { personId, operator, reason }: SetOperatorInput,
): Promise<Person> {
  requireOperator(ctx.caller);
  const work = ctx.db.$transaction(async (tx) => {
    const person = await lockPerson(tx, personId);
    if (person.operator === operator) return;
    await tx.user.update({ where: { id: person.id }, data: { operator }, select: { id: true } });
    if (!operator) await endPasswordSessions(tx, person.id);
    const action = operator ? "person.promote" : "person.demote";
    await appendAboutPerson(ctx, tx, person.id, { action, target: targetOf(person), reason: reason || null });
  });
  await keepingSomebody(work);
  return getPerson(ctx, personId);
}

/** Operators alone get in by a password where the instance requires its single sign-on: the way in ends with the right. */
async function endPasswordSessions(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  const where = { workspaceId: null, enabled: true, required: true };
  const provider = await tx.ssoProvider.findFirst({ where, select: { id: true } });
  if (!provider) return;
  const others = [{ ssoProviderId: null }, { ssoProviderId: { not: provider.id } }];
  await tx.session.deleteMany({ where: { userId, OR: others } });
}
