import type { Prisma } from "@tocsin/db";
import { categories, confidences, tlps } from "../values";
import { mappingShape, ownFeedFormats } from "./mapping";
import { type OwnFeedView, ownFeedAuths, redistributions } from "./shape";

export const ownFeedColumns = {
  id: true,
  name: true,
  url: true,
  format: true,
  mapping: true,
  category: true,
  confidence: true,
  tlp: true,
  licence: true,
  licenceUrl: true,
  redistribution: true,
  intervalSeconds: true,
  lifetimeDays: true,
  auth: true,
  authName: true,
  secret: true,
  createdAt: true,
  createdBy: true,
  updatedAt: true,
} as const satisfies Prisma.OwnFeedSelect;

export type OwnFeedRow = Prisma.OwnFeedGetPayload<{ select: typeof ownFeedColumns }>;

/** Without the secret; whether there is one is told. */
export function toOwnFeed(row: OwnFeedRow): OwnFeedView {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    format: known(ownFeedFormats, row.format),
    mapping: mappingShape.parse(row.mapping),
    auth: { kind: known(ownFeedAuths, row.auth), name: row.authName ?? "", stored: row.secret !== null },
    category: known(categories, row.category),
    confidence: known(confidences, row.confidence),
    tlp: known(tlps, row.tlp),
    licence: { name: row.licence, url: row.licenceUrl, redistribution: known(redistributions, row.redistribution) },
    interval_seconds: row.intervalSeconds,
    lifetime_days: row.lifetimeDays,
    created_at: row.createdAt.toISOString(),
    created_by: row.createdBy,
    updated_at: row.updatedAt.toISOString(),
  };
}

/** The word of a column, which only this code writes. */
function known<const T extends string>(words: readonly [T, ...T[]], text: string): T {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Error(`own_feed holds the word ${text}`);
  return word;
}

/** What an audit event says was set: everything but the secret. */
export function auditDetails(row: OwnFeedRow): Prisma.InputJsonObject {
  return {
    host: new URL(row.url.replaceAll("{key}", "key")).host,
    format: row.format,
    category: row.category,
    confidence: row.confidence,
    tlp: row.tlp,
    interval_seconds: row.intervalSeconds,
    credentials: row.auth,
  };
}
