import { createHash, randomUUID } from "node:crypto";

/** The secret of a new invitation's link. */
export const newInvitationSecret = randomUUID;

/**
 * The id under which an invitation is stored: a UUID (version 8) of the first bits of its secret's SHA-256. Who reads
 * the table cannot make the link of it. The migration harden_accounts says the same in SQL.
 */
export function invitationIdOf(secret: string): string {
  const hex = createHash("sha256").update(secret.toLowerCase()).digest("hex");
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
