import { passkey } from "@better-auth/passkey";
import type { PrismaClient } from "@tocsin/db";
import { APIError, getSessionFromCtx } from "better-auth/api";

type Call = Parameters<typeof getSessionFromCtx>[0];

/** Of one person. */
const mostPasskeys = 20;

/**
 * Sign-in by passkeys, which belong to the host of PUBLIC_URL whatever its path. A passkey stands for both factors, so its
 * device must have verified who holds it (by finger, face or PIN): WebAuthn §6.1, the flag UV.
 */
export function passkeys({ publicUrl, instanceName }: { publicUrl: string; instanceName: string }) {
  const { hostname, origin } = new URL(publicUrl);
  return passkey({
    rpID: hostname,
    rpName: instanceName,
    origin,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    registration: {
      afterVerification: ({ verification }) => requireVerified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
    },
  });
}

function requireVerified(verified: boolean | undefined): void {
  if (verified) return;
  throw new APIError("UNAUTHORIZED", {
    code: "USER_NOT_VERIFIED",
    message: "The passkey did not verify who holds it. Use one that asks for a finger, a face or a PIN.",
  });
}

/** Before a passkey is added: the person gives their password, so that an open session alone makes no lasting way in. */
export async function beforeRegistration(db: PrismaClient, ctx: Call) {
  const session = await getSessionFromCtx(ctx);
  if (!session) return;
  await ctx.context.password.checkPassword(session.user.id, ctx);
  await requireRoom(db, session.user.id);
  // The session that is there goes on; nobody gets a second one by this.
  return { context: { body: { createSession: false } } };
}

async function requireRoom(db: PrismaClient, userId: string): Promise<void> {
  if ((await db.passkey.count({ where: { userId } })) < mostPasskeys) return;
  throw new APIError("BAD_REQUEST", {
    code: "TOO_MANY_PASSKEYS",
    message: `An account has at most ${mostPasskeys} passkeys. Remove one first.`,
  });
}

/** Whose passkey a refused sign-in named, for the audit log. */
export async function ownerOfPasskey(db: PrismaClient, body: unknown): Promise<string | null> {
  const { response } = (body ?? {}) as { response?: { id?: unknown } };
  if (typeof response?.id !== "string") return null;
  const found = await db.passkey.findUnique({ where: { credentialID: response.id }, select: { userId: true } });
  return found?.userId ?? null;
}
