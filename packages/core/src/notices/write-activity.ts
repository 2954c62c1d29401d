import type { SqlQuery } from "@tocsin/db";
import type { Context } from "../context";
import type { NoticeSetting } from "./channels";
import { makeNotices, type NoticeDraft } from "./make-notices";

/** A key was used from this network, with the address that showed it. */
export type Seen = { keyId: string; network: string; address: string; at: Date };

/** Refused requests of one key with one code in the slot that begins at `slot`, in milliseconds since 1970. */
export type RefusalRow = { keyId: string; slot: number; code: string; refused: number };

/** Networks that are kept of one key: beyond them the one that was not used for the longest time is forgotten. */
const networksKept = 200;
/** Notices of new networks for one key on one UTC day: whoever uses a key from everywhere is told ten times. */
const noticesADay = 10;

/** Adds refusals to their slots in one statement; of keys that are gone nothing is kept. */
export async function writeRefusals(ctx: Pick<Context, "sql">, rows: readonly RefusalRow[]): Promise<void> {
  const wire = rows.map(({ keyId, slot, ...rest }) => ({ ...rest, key_id: keyId, slot: new Date(slot).toISOString() }));
  await ctx.sql.query(
    `INSERT INTO key_refusal AS known (key_id, slot, code, refused)
     SELECT key_id, slot, code, refused
     FROM jsonb_to_recordset($1::text::jsonb) AS row(key_id uuid, slot timestamptz, code text, refused int4)
     WHERE EXISTS (SELECT 1 FROM api_key WHERE api_key.id = key_id)
     ORDER BY 1, 2, 3
     ON CONFLICT (key_id, slot, code) DO UPDATE SET refused = known.refused + EXCLUDED.refused`,
    [JSON.stringify(wire)],
  );
}

type KeyRow = { id: string; name: string; workspace_id: string; networks: number; told: number };

/** Keeps the networks and makes notices of those that are new to a key which is known from others. */
export async function writeNetworks(
  ctx: Pick<Context, "sql">,
  seen: readonly Seen[],
  setting: NoticeSetting,
): Promise<void> {
  await ctx.sql.begin(async ({ query }) => {
    const ids = [...new Set(seen.map(({ keyId }) => keyId))];
    // Of two nodes that saw one key, the second waits here and then counts what the first has written.
    await query("SELECT id FROM api_key WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE", [ids]);
    const keys = await query<KeyRow>(keysBefore, [ids, startOfDay(seen)]);
    const fresh = await keep(query, seen);
    const drafts = keys.flatMap((key) => draftsOf(key, fresh));
    await makeNotices(query, drafts, setting);
    if (fresh.length > 0) await query(forget, [[...new Set(fresh.map(({ keyId }) => keyId))], networksKept]);
  });
}

const keysBefore = `
  SELECT id, name, workspace_id, (SELECT count(*) FROM key_network WHERE key_id = api_key.id) AS networks,
    (SELECT count(*) FROM notice WHERE notice.key_id = api_key.id AND kind = 'key.new_network' AND at >= $2::timestamptz)
      AS told
  FROM api_key WHERE id = ANY ($1::uuid[])`;

/** Writes the networks and gives those that were not there, earliest first. */
async function keep(query: SqlQuery, seen: readonly Seen[]): Promise<Seen[]> {
  const wire = seen.map(({ keyId, network, at }) => ({ key_id: keyId, network, at: at.toISOString() }));
  const added = await query<{ key_id: string; network: string }>(
    `WITH input AS MATERIALIZED (
       SELECT key_id, network, at
       FROM jsonb_to_recordset($1::text::jsonb) AS row(key_id uuid, network text, at timestamptz)
       JOIN api_key ON api_key.id = key_id
     ), added AS (
       INSERT INTO key_network (key_id, network, first_at, last_at)
       SELECT key_id, network, at, at FROM input ORDER BY 1, 2
       ON CONFLICT (key_id, network) DO NOTHING RETURNING key_id, network
     ), again AS (
       UPDATE key_network SET last_at = GREATEST(last_at, input.at) FROM input
       WHERE key_network.key_id = input.key_id AND key_network.network = input.network
     )
     SELECT key_id, network FROM added`,
    [JSON.stringify(wire)],
  );
  const names = new Set(added.map((row) => `${row.key_id} ${row.network}`));
  return seen
    .filter(({ keyId, network }) => names.has(`${keyId} ${network}`))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The first network of a key is learnt without a word. */
function draftsOf(key: KeyRow, fresh: readonly Seen[]): NoticeDraft[] {
  const own = fresh.filter(({ keyId }) => keyId === key.id);
  const news = Number(key.networks) === 0 ? own.slice(1) : own;
  return news.slice(0, Math.max(0, noticesADay - Number(key.told))).map(({ network, address, at }) => ({
    kind: "key.new_network",
    workspaceId: key.workspace_id,
    key: { id: key.id, name: key.name },
    occasion: `${key.id} ${network}`,
    details: { network, address },
    at,
  }));
}

const forget = `
  DELETE FROM key_network USING (
    SELECT key_id, network, row_number() OVER (PARTITION BY key_id ORDER BY last_at DESC, network) AS place
    FROM key_network WHERE key_id = ANY ($1::uuid[])
  ) AS ranked
  WHERE key_network.key_id = ranked.key_id AND key_network.network = ranked.network AND place > $2::int4`;

function startOfDay(seen: readonly Seen[]): string {
  const latest = Math.max(...seen.map(({ at }) => at.getTime()));
  return `${new Date(latest).toISOString().slice(0, 10)}T00:00:00.000Z`;
}
