import fs from "node:fs";
import path from "node:path";
import { type BatchRow, prepareBatch } from "@tocsin/core/testing";
import { type FeedDefinition, feeds } from "@tocsin/feeds";
import { readBody } from "@tocsin/feeds/testing/bodies";

/** What one body of one feed says, as of its own time. */
export type Listing = { feedId: string; file: string; source: string; at: Date; dated: boolean; rows: Row[] };
export type Row = BatchRow & { feedId: string; source: string; reputation: number };

/** When most bodies were taken; what bears no time is of then. */
const undatedAt = new Date("2026-08-22T12:00:00.000Z");
/** As a pull splits a body. */
const batch = 5_000;

export async function readListings(folder: string): Promise<Listing[]> {
  const listings: Listing[] = [];
  for (const feed of feeds) {
    const there = path.join(folder, feed.id);
    if (feed.kind !== "indicators" || !fs.existsSync(there)) continue;
    for (const file of fs.readdirSync(there)) {
      const listing = await readListing(feed, file, fs.readFileSync(path.join(there, file)));
      if (listing.rows.length > 0) listings.push(listing);
    }
  }
  return listings;
}

async function readListing(feed: FeedDefinition, file: string, body: Uint8Array): Promise<Listing> {
  const read = await readBody(feed.id, body);
  const observations = read?.rows.flatMap((row) => ("observations" in row ? row.observations : [])) ?? [];
  const times = observations.flatMap(({ firstSeen, lastSeen }) => (lastSeen ?? firstSeen)?.getTime() ?? []);
  const at = times.length === 0 ? undatedAt : new Date(Math.max(...times));
  const source = feeds.find(({ id }) => id === feed.repeats)?.vendor ?? feed.vendor;
  const about = { feedId: feed.id, source, reputation: feed.reputation ?? 60 };
  const rows: Row[] = [];
  const pulledAt = at.getTime();
  for (let start = 0; start < observations.length; start += batch) {
    const prepared = prepareBatch(feed, observations.slice(start, start + batch), { pulledAt, dated: pulledAt });
    rows.push(...prepared.rows.map((row) => ({ ...row, ...about })));
  }
  return { feedId: feed.id, file, source, at, dated: times.length > 0, rows };
}
