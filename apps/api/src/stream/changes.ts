import type { Context } from "@tocsin/core/context";

/** What of a workspace has changed; the dashboard reads it anew. `acts`: what somebody did that the audit log tells of. */
export const topics = ["feeds", "notices", "matches", "keys", "acts"] as const;
export type Topic = (typeof topics)[number];
type State = Readonly<Record<Topic, string | null>>;

/** Tells what changes, to all who watch on this node. */
export type Changes = {
  /** What has changed of the workspace since `since`; none once `ms` milliseconds are over, or the client has gone. */
  next: (workspaceId: string, since: State | null, wait: { ms: number; gone: AbortSignal }) => Promise<News>;
  end: () => void;
  ended: () => boolean;
};
export type News = { state: State | null; changed: Topic[] };

/** Milliseconds between two looks while somebody waits. */
const everyMs = 2_000;
/** Rows that one look reads at most of a table of the workspace: keys that were made of late. */
const newestKeys = 50;

type Waiter = { workspaceId: string; since: State | null; wake: (news: News) => void };
type Row = State & { workspace_id: string };

/** One statement every two seconds while anybody waits, however many do; none while nobody does. */
export function createChanges({ sql, log }: Pick<Context, "sql" | "log">): Changes {
  const waiting = new Set<Waiter>();
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const tell = (states: ReadonlyMap<string, State>) => {
    for (const { workspaceId, since, wake } of waiting) {
      const state = states.get(workspaceId);
      const changed = state && since ? topics.filter((topic) => state[topic] !== since[topic]) : [];
      if (state && (!since || changed.length > 0)) wake({ state, changed });
    }
  };
  const look = async () => {
    try {
      const ids = [...new Set([...waiting].map(({ workspaceId }) => workspaceId))];
      const rows = await sql.query<Row>(read, [ids]);
      tell(new Map(rows.map(({ workspace_id, ...state }) => [workspace_id, state])));
    } catch (error) {
      log.warn({ err: error }, "what has changed could not be read; the next look follows");
    }
    timer = waiting.size > 0 && !ended ? setTimeout(look, everyMs).unref() : null;
  };
  return {
    next: (workspaceId, since, { ms, gone }) => {
      if (ended || gone.aborted) return Promise.resolve({ state: since, changed: [] });
      return new Promise((resolve) => {
        const wake = (news: News) => {
          clearTimeout(patience);
          gone.removeEventListener("abort", leave);
          waiting.delete(waiter);
          resolve(news);
        };
        const leave = () => wake({ state: since, changed: [] });
        gone.addEventListener("abort", leave);
        const waiter = { workspaceId, since, wake };
        const patience = setTimeout(leave, ms);
        waiting.add(waiter);
        timer ??= setTimeout(look, since ? everyMs : 0).unref();
      });
    },
    ended: () => ended,
    end: () => {
      ended = true;
      if (timer) clearTimeout(timer);
      for (const { since, wake } of waiting) wake({ state: since, changed: [] });
    },
  };
}

// Feeds are a few hundred rows; the rest is the first row of an index for each workspace or watchlist.
const read = `
  WITH feeds AS MATERIALIZED (
    SELECT md5(COALESCE(string_agg(concat_ws(' ', id, enabled, claimed_by, failures, last_success_at, held_since, held_decision),
      ',' ORDER BY id), '')) AS state FROM feed
  )
  SELECT w.id::text AS workspace_id, feeds.state AS feeds,
    (SELECT n.id::text FROM notice n WHERE n.workspace_id = w.id ORDER BY n.at DESC, n.id DESC LIMIT 1) AS notices,
    (SELECT max(newest.id)::text FROM watchlist l
     JOIN LATERAL (SELECT m.id FROM watchlist_match m WHERE m.watchlist_id = l.id ORDER BY m.id DESC LIMIT 1) newest ON true
     WHERE l.workspace_id = w.id) AS matches,
    (SELECT string_agg(k.id::text, ' ' ORDER BY k.id) FROM (
       SELECT id, last_used_at FROM api_key WHERE workspace_id = w.id ORDER BY created_at DESC, id DESC LIMIT ${newestKeys}
     ) k WHERE k.last_used_at IS NOT NULL) AS keys,
    (SELECT max(a.id)::text FROM audit_event a WHERE a.workspace_id = w.id) AS acts
  FROM workspace w CROSS JOIN feeds WHERE w.id = ANY ($1::uuid[])`;
