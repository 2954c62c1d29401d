import type { Prisma } from "@tocsin/db";
import { AppError, isUuid } from "../errors";

export type LockedPerson = { id: string; name: string; email: string; operator: boolean; disabled: boolean };

/** The person as they are now, locked until `tx` ends. Throws `not_found`. */
export async function lockPerson(tx: Prisma.TransactionClient, id: string): Promise<LockedPerson> {
  if (!isUuid(id)) throw new AppError("not_found");
  const [row] = await tx.$queryRaw<LockedPerson[]>`
    SELECT id::text, name, email, operator, disabled_at IS NOT NULL AS disabled
    FROM "user" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  if (!row) throw new AppError("not_found");
  return row;
}

/** How events name a person that something was done to. */
export function targetOf({ id, name }: { id: string; name: string }) {
  return { type: "person", id, name };
}

/** Runs work that may take the last operator or owner away, and says so in the catalog's words where a trigger refused it. */
export async function keepingSomebody<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (names(error, "user_keeps_an_operator")) throw new AppError("last_operator", { cause: error });
    if (names(error, "member_keeps_an_owner")) throw new AppError("last_owner", { cause: error });
    throw error;
  }
}

/** Whether the trigger of that name refused, whatever the driver makes of its error. */
function names(error: unknown, trigger: string, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  return error.message.includes(trigger) || names(error.cause, trigger, depth + 1);
}
