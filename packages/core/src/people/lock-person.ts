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
