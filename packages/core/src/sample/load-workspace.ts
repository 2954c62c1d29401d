import { randomUUID } from "node:crypto";
import { tierOf } from "../access";
import type { Context } from "../context";
import { AppError } from "../errors";
import { createKey, createKeyInput } from "../keys";
import { dayMs, hourMs } from "../lib";
import { countTime, type UsageRow, writeUsage } from "../usage";
import { placeWatchlist } from "../watchlists";
import { sampleKeys } from "./set/keys";
import type { KeyFieldsOfSample } from "./set/shape";
import { asSample, sampleAuthor, sampleWatchlistId } from "./state";

/** Days of traffic that a key of the set has had. */
const trafficDays = 28;

/**
 * Keys with their traffic. Their secrets are dropped here, where they are made: nobody has ever seen one. Gives what was
 * left out, in words.
 */
export async function loadKeys(
  ctx: Context,
  { workspaceId, anchor, alive }: { workspaceId: string; anchor: Date; alive: () => Promise<void> },
): Promise<string | null> {
  for (const [index, key] of sampleKeys.entries()) {
    const id = await placeKey(ctx, workspaceId, key);
    if (id === null) return `${sampleKeys.length - index} keys: the workspace's tier has no room for them`;
    await ctx.sql.query("UPDATE api_key SET created_at = $2::timestamptz WHERE id = $1::uuid", [
      id,
      new Date(anchor.getTime() - (trafficDays + 2 + index) * dayMs).toISOString(),
    ]);
    await placeTraffic(ctx, id, key, anchor);
    await alive();
  }
  return null;
}

/** What keeps a workspace from having the sample's keys: no room, or its key policy. */
const noKey: readonly string[] = ["key_limit_reached", "approval_required", "invalid_parameter"];

/** The key's id; null where the workspace takes none. */
async function placeKey(ctx: Context, workspaceId: string, { name }: KeyFieldsOfSample): Promise<string | null> {
  const known = await ctx.db.apiKey.findFirst({
    where: { workspaceId, createdBy: sampleAuthor, name },
    select: { id: true },
  });
  if (known) return known.id;
  try {
    const { data } = await createKey(asSample(ctx, workspaceId), createKeyInput.parse({ name }));
    return data.id;
  } catch (error) {
    if (error instanceof AppError && noKey.includes(error.code)) return null;
    throw error;
  }
}

/** All of it or nothing, so that a second attempt counts no request twice. */
async function placeTraffic(ctx: Context, keyId: string, key: KeyFieldsOfSample, anchor: Date): Promise<void> {
  const rows = trafficOf(keyId, key, anchor);
  await ctx.sql.begin(async ({ query }) => {
    await query("SELECT id FROM api_key WHERE id = $1::uuid FOR UPDATE", [keyId]);
    const [told] = await query("SELECT 1 FROM usage_day WHERE key_id = $1::uuid LIMIT 1", [keyId]);
    const batch = { recorder: randomUUID(), number: 1, rows };
    if (!told) await writeUsage({ sql: { query, begin: ctx.sql.begin } }, batch);
  });
}

function trafficOf(keyId: string, key: KeyFieldsOfSample, anchor: Date): UsageRow[] {
  const end = Math.floor(anchor.getTime() / hourMs) * hourMs;
  return Array.from({ length: trafficDays * 24 }, (_, back) => end - (back + 1) * hourMs).flatMap((hour) => {
    const requests = requestsOf(key, hour);
    const served = key.routes.map(({ route, share, ms }) =>
      rowOf({ keyId, hour, route, status: 200, ms }, requests * share),
    );
    const refused = key.refusals
      .filter(({ every }) => (hour / hourMs) % every === 0)
      .map(({ status, share }) => {
        const route = key.routes[0]?.route ?? "other";
        return rowOf({ keyId, hour, route, status, ms: 2 }, requests * share);
      });
    return [...served, ...refused].filter(({ requests: n }) => n > 0);
  });
}

/** By night a fifth, at weekends a third of the work; never twice the same. */
function requestsOf({ perHour }: KeyFieldsOfSample, hour: number): number {
  const at = new Date(hour);
  const night = at.getUTCHours() < 6 || at.getUTCHours() > 20 ? 0.2 : 1;
  const weekend = at.getUTCDay() % 6 === 0 ? 0.35 : 1;
  return perHour * night * weekend * (0.75 + 0.5 * noise(hour));
}

/** 0 to 1, the same for the same number. */
function noise(seed: number): number {
  const sine = Math.sin(seed / hourMs) * 43_758.5453;
  return sine - Math.floor(sine);
}

function rowOf(
  { keyId, hour, route, status, ms }: { keyId: string; hour: number; route: string; status: number; ms: number },
  amount: number,
): UsageRow {
  const requests = Math.round(amount);
  const histogram: number[] = [];
  let durationMs = 0;
  for (let n = 0; n < requests; n++) {
    const took = ms * (0.6 + 1.4 * noise(hour + n * hourMs) ** 3);
    countTime(histogram, took);
    durationMs += took;
  }
  const minute = hour + ((hour / hourMs) % 60) * 60_000;
  const charged = status === 429 ? 0 : requests;
  return { keyId, minute, route, status, requests, charged, durationMs, histogram, lastAt: minute };
}

/** A watchlist whose entries are in the set. Gives what was left out, in words. */
export async function loadWatchlist(
  ctx: Context,
  { workspaceId, anchor }: { workspaceId: string; anchor: Date },
): Promise<string | null> {
  const workspace = await ctx.db.workspace.findUnique({
    where: { id: workspaceId },
    select: { tier: true, overrides: true },
  });
  if (!workspace) return null;
  const id = sampleWatchlistId(workspaceId);
  const others = await ctx.db.watchlist.count({ where: { workspaceId, id: { not: id } } });
  if (others >= tierOf(workspace.tier, workspace.overrides).watchlists) {
    return "a watchlist: the workspace's tier has no room for it";
  }
  await ctx.db.$transaction((tx) =>
    placeWatchlist(
      tx,
      {
        ...{ id, workspaceId, createdBy: sampleAuthor, name: "Tocsin sample: our networks and names" },
        description: "Part of the sample set: what a company might watch, in documentation addresses.",
        text: "198.51.100.0/28\n203.0.113.0/26\nnorthwind-bank-sample.example\nCVE-2026-90001\nSampleLock",
      },
      anchor,
    ),
  );
  return null;
}
