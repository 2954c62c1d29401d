import { createHmac, timingSafeEqual } from "node:crypto";
import type { SigningKeys } from "../context";

/** The chain of what concerns the whole instance; a workspace's chain has the workspace's id. */
export const instanceChain = "00000000-0000-0000-0000-000000000000";

export function chainOf(workspaceId: string | null): string {
  return workspaceId ?? instanceChain;
}

/** What an event says, as it is hashed. */
export type EventContent = {
  id: string;
  at: string;
  action: string;
  outcome: string;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  reason: string | null;
  details: unknown;
};

/** Where an event stands: its chain, its place from 1, and the hash before it. */
export type Place = { chain: string; seq: number; prev: Uint8Array };

/** What the first event of a chain has in place of a hash before it. */
export const noHash: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** Null where the key is not one of ours. */
export function hashEvent(
  keys: SigningKeys,
  keyId: string,
  place: Place,
  content: EventContent,
): Uint8Array<ArrayBuffer> | null {
  return hashCanonical(keys, keyId, place, canonicalJson(content));
}

/** As `hashEvent`, with the content written already: for trying many places. */
export function hashCanonical(
  keys: SigningKeys,
  keyId: string,
  { chain, seq, prev }: Place,
  content: string,
): Uint8Array<ArrayBuffer> | null {
  return sign(keys, keyId, `tocsin/audit-event/1\n${chain}\n${seq}\n${hex(prev)}\n${content}`);
}

/** Signs that a chain ended at `seq` with `hash`; null where the key is not one of ours. */
export function signHead(
  keys: SigningKeys,
  keyId: string,
  head: { chain: string; seq: number; hash: Uint8Array },
): Uint8Array<ArrayBuffer> | null {
  return sign(keys, keyId, `tocsin/audit-head/1\n${head.chain}\n${head.seq}\n${hex(head.hash)}`);
}

function sign(keys: SigningKeys, keyId: string, text: string): Uint8Array<ArrayBuffer> | null {
  const key = keys.byId.get(keyId);
  return key ? new Uint8Array(createHmac("sha256", key).update(text).digest()) : null;
}

export function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a !== null && b !== null && a.length === b.length && timingSafeEqual(a, b);
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** JSON with its members in order of their names and no white space (RFC 8785, for what JSON.stringify writes). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}

/** The text that PostgreSQL keeps: well-formed UTF-8 without NUL. */
export function storable<T extends string | null | undefined>(text: T): T {
  return (typeof text === "string" ? Buffer.from(text).toString().replaceAll("\0", "\uFFFD") : text) as T;
}

/** A value as it comes back from a JSON column. */
export function storableJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, member) => {
    if (typeof member === "string") return storable(member);
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).map(([key, inner]) => [storable(key), inner]));
  });
}
