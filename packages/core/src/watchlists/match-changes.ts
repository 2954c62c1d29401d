import type { Context } from "../context";
import { findMatches, iocSubject, type Subject } from "../matching";
import type { IocType } from "../values";
import { withMatchesLock } from "./matches-lock";
import { writeMatches } from "./write-matches";

/** Changes that one transaction compares. */
const batch = 2_000;

type Change = {
  id: string;
  generation: number;
  type: IocType;
  value: string;
  tags: string[];
  threat_type: string | null;
  malware_family: string | null;
  context: string | null;
};

/** How many changes were looked at, and how many matches they made. Zero changes: nothing is left. */
export type Matched = { changes: number; matches: number };

/**
 * Compares the next changes of IOCs with what is watched. A change leaves the queue in the transaction that keeps its
 * matches, and enters it after its own commit: each is compared once, whatever its ingest did.
 */
export async function matchChanges(ctx: Pick<Context, "sql" | "now">): Promise<Matched> {
  const [waiting] = await ctx.sql.query("SELECT seq FROM watchlist_change ORDER BY seq LIMIT 1");
  if (!waiting) return nothing;
  const done = await withMatchesLock(ctx, async (query) => {
    const taken = await query<{ ioc_id: string }>(
      `DELETE FROM watchlist_change WHERE seq = ANY (ARRAY(SELECT seq FROM watchlist_change ORDER BY seq LIMIT ${batch}))
       RETURNING ioc_id`,
    );
    const changes = await query<Change>(standing, [[...new Set(taken.map((row) => row.ioc_id))]]);
    let matches = 0;
    for await (const found of findMatches(query, changes.map(toSubject))) {
      matches += (await writeMatches(query, found, { now: ctx.now(), held: false })).kept;
    }
    return { changes: taken.length, matches };
  });
  return done ?? nothing;
}

const nothing: Matched = { changes: 0, matches: 0 };

// Of one that is withdrawn nobody needs to hear. One that is on a warninglist is told of with its warnings: it may be the
// watcher's own.
const standing = `
  SELECT id, generation, type, value, tags, threat_type, malware_family, context
  FROM ioc WHERE id = ANY ($1::uuid[]) AND withdrawn_at IS NULL ORDER BY updated_at DESC, id`;

function toSubject(row: Change): Subject {
  return iocSubject({ ...row, threatType: row.threat_type, malwareFamily: row.malware_family });
}
