import type { PrismaClient } from "@tocsin/db";
import { APIError } from "better-auth/api";

const message = "Your organisation requires single sign-on. Continue with single sign-on instead of a password.";

type Started = { userId: string; ssoProviderId?: unknown };

/**
 * Refuses a session that could reach nothing: by a password or another provider where the instance requires its own, or
 * where every workspace of the person requires theirs. Operators break the glass. It is asked when the password is known
 * to be right, so that nobody learns who is one.
 */
export async function requireSingleSignOn(db: PrismaClient, session: Started): Promise<void> {
  const user = await db.user.findUnique({
    where: { id: session.userId },
    select: { operator: true, members: { select: { workspace: { select: { requiredProviderId: true } } } } },
  });
  const provider = session.ssoProviderId ?? null;
  if (!user || (user.operator && provider === null)) return;
  const instance = await requiredOfInstance(db);
  if (instance !== null && instance !== provider) throw refusal();
  const { members } = user;
  if (provider !== null || members.length === 0) return;
  if (members.every(({ workspace }) => workspace.requiredProviderId !== null)) throw refusal();
}

/** The id of the instance's provider, if nobody but operators gets in without it. */
export async function requiredOfInstance(db: PrismaClient): Promise<string | null> {
  const found = await db.ssoProvider.findFirst({
    where: { workspaceId: null, enabled: true, required: true },
    select: { id: true },
  });
  return found?.id ?? null;
}

export function refusal(): APIError {
  return new APIError("FORBIDDEN", { code: "SINGLE_SIGN_ON_REQUIRED", message });
}
