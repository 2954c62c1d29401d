import { createHash } from "node:crypto";
import type { PrismaClient } from "@tocsin/db";
import type { AuditEvent } from "./shape";

/** By what the log of before knows the address of somebody who is gone; the address itself is not kept. */
export function emailHashOf(email: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`tocsin/deleted/${email.toLowerCase()}`).digest());
}

type Person = { type: string; id: string | null; name: string | null };

const anAddress = /^[^\s@]{1,64}@[^\s@]{1,253}$/;

/**
 * The events with pseudonyms in the place of the names and addresses of people whose accounts were deleted. What is
 * stored is signed and stays: every way to read the log goes through here.
 */
export async function withPseudonyms(db: PrismaClient, events: readonly AuditEvent[]): Promise<AuditEvent[]> {
  const ids = new Set(
    events.flatMap(({ actor, target }) => [actor.id, target?.id ?? null]).filter((id) => id !== null),
  );
  const hashes = new Map(events.flatMap(addressesOf).map((email) => [email, emailHashOf(email)]));
  const gone = await db.deletedPerson.findMany({
    where: { OR: [{ id: { in: [...ids].filter(isUuid) } }, { emailHash: { in: [...hashes.values()] } }] },
    select: { id: true, pseudonym: true, emailHash: true },
  });
  if (gone.length === 0) return [...events];
  const byId = new Map(gone.map(({ id, pseudonym }) => [id, pseudonym]));
  const byHash = new Map(gone.map(({ emailHash, pseudonym }) => [hex(emailHash), pseudonym]));
  const ofText = (text: string): string => {
    const hash = hashes.get(text.toLowerCase());
    return (hash && byHash.get(hex(hash))) ?? text;
  };
  const nameOf = ({ id, name }: Person) => (id !== null && byId.get(id)) || (name === null ? null : ofText(name));
  return events.map((event) => {
    const { actor, target, reason, details } = event;
    const isGone = actor.id !== null && byId.has(actor.id);
    return {
      ...event,
      actor: { ...actor, name: nameOf(actor) },
      // Whence somebody acted says who they were.
      ...(isGone ? { ip: null, user_agent: null } : {}),
      target: target && { ...target, name: nameOf(target) },
      reason: reason === null ? null : ofText(reason),
      details: details && replaceTexts(details, ofText),
    };
  });
}

function addressesOf({ actor, target, reason, details }: AuditEvent): string[] {
  const texts: string[] = [];
  if (details)
    replaceTexts(details, (text) => {
      texts.push(text);
      return text;
    });
  return [actor.name, target?.name, reason, ...texts].flatMap((text) =>
    typeof text === "string" && text.length < 320 && anAddress.test(text) ? [text.toLowerCase()] : [],
  );
}

function replaceTexts(details: Record<string, unknown>, of: (text: string) => string): Record<string, unknown> {
  const replace = (value: unknown): unknown => {
    if (typeof value === "string") return of(value);
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner)]));
    }
    return value;
  };
  return Object.fromEntries(Object.entries(details).map(([name, inner]) => [name, replace(inner)]));
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
