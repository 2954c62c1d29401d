import type { PrismaClient } from "@tocsin/db";
import { APIError } from "better-auth/api";

type Session = { userId: string };

/** Refuses a session for somebody who is disabled, by whatever way they signed in. */
export async function requireEnabled(db: PrismaClient, { userId }: Session): Promise<void> {
  if (!(await isDisabled(db, userId))) return;
  throw new APIError("FORBIDDEN", {
    code: "ACCOUNT_DISABLED",
    message: "This account is disabled. Ask an operator of this instance.",
  });
}

/** Ends what a sign-in began while its person was being disabled. */
export async function endIfDisabled(db: PrismaClient, { userId }: Session): Promise<void> {
  if (await isDisabled(db, userId)) await db.session.deleteMany({ where: { userId } });
}

async function isDisabled(db: PrismaClient, id: string): Promise<boolean> {
  return (await db.user.count({ where: { id, disabledAt: { not: null } } })) > 0;
}
