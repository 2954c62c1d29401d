import { randomUUID } from "node:crypto";
import { type Authorized, authenticated, type Role, type SessionCaller, type TierName, tierOf } from "../access";
import type { Call, Context } from "../context";

/** A new workspace with one member, as the call of that member. */
export async function testWorkspace(
  ctx: Context,
  options: { tier?: TierName; role?: Role; operator?: boolean } = {},
): Promise<Call<Authorized<SessionCaller>>> {
  const { tier = "pro", role = "owner", operator = false } = options;
  const [workspaceId, userId] = [randomUUID(), randomUUID()];
  const email = `${userId}@people.example`;
  await ctx.db.user.create({ data: { id: userId, name: "Ada", email, operator } });
  await ctx.db.workspace.create({
    data: {
      id: workspaceId,
      name: "Test",
      slug: workspaceId,
      tier,
      members: { create: { id: randomUUID(), userId, role } },
    },
  });
  const caller = authenticated({
    kind: "session",
    userId,
    name: "Ada",
    email,
    operator,
    sessionId: randomUUID(),
    workspaceId,
    role,
    tier: tierOf(tier, null),
  });
  return { ...ctx, caller, origin: { ip: "192.0.2.1", userAgent: "tests", requestId: "req_test" } };
}
