import type { EventContent } from "./chain";
import { type EventRow, eventColumns } from "./shape";

export type ProblemKind =
  | "edited"
  | "deleted"
  | "reordered"
  | "inserted"
  | "cut_off"
  | "unknown_key"
  | "head_edited"
  | "checkpoint_edited"
  | "rewritten";

/** The first thing that is wrong with a chain. */
export type Problem = {
  kind: ProblemKind;
  /** The place in the chain, from 1; null for an event without one. */
  seq: number | null;
  /** The id of the event, where it still stands. */
  event: string | null;
  explanation: string;
};

/** How far along a chain all is well; `last` is the id of the last good event. */
export type Walk = {
  readonly chain: string;
  readonly workspaceId: string | null;
  seq: number;
  hash: Uint8Array;
  last: bigint | null;
};

export const chainColumns = {
  ...eventColumns,
  prevHash: true,
  hashKeyId: true,
} as const;

export type ChainRow = EventRow & {
  prevHash: Uint8Array | null;
  hashKeyId: string | null;
};

/** What of a row is hashed. */
export function contentOfRow(row: EventRow): EventContent {
  const { id, at, action, outcome, actorType, actorId, actorName, ip, userAgent, requestId, reason } = row;
  const { targetType, targetId, targetName } = row;
  return {
    ...{ id: String(id), at: at.toISOString(), action, outcome, actorType, actorId, actorName, ip, userAgent },
    ...{ requestId, targetType, targetId, targetName, reason, details: row.details ?? null },
  };
}
