// HTML Standard, section 9.2: server-sent events.
import { Readable } from "node:stream";
import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { readSession } from "../accounts/session";
import type { Deps } from "../deps";
import { clientHeaders } from "../wire/client";
import { type Changes, createChanges, type News } from "./changes";

/** Milliseconds of silence after which a comment keeps the connection, and is not held back by a proxy. */
const heartbeatMs = 15_000;
/** After so many rounds, of news or of silence, the browser comes again; after each few it is asked who it is. */
const rounds = 40;
const few = 8;
/** Streams of one person on this node: a page that is seen has one, a hidden one none. */
const mostOfOne = 12;

/**
 * GET /api/live: says to the dashboard that something has changed (feeds, notices, matches, keys), and nothing of what; it
 * reads that by its usual calls.
 */
export async function liveRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  const changes = createChanges({ ...deps.context, sql: deps.db.lanes.dashboard });
  const open = new Map<string, number>();
  app.addHook("preClose", async () => changes.end());
  app.get("/api/live", { config: { access: { by: "session" } } }, async (request, reply) => {
    const { caller, meter } = request.auth;
    if (caller?.kind !== "session") throw new AppError("missing_session");
    reply.header("cache-control", "no-store").header("x-accel-buffering", "no");
    reply.type("text/event-stream; charset=utf-8");
    // A connection is of one stream: kept open after it, it would make a server that stops wait.
    reply.header("connection", "close");
    if (request.method === "HEAD") return reply.send();
    const { userId, workspaceId } = caller;
    const own = open.get(userId) ?? 0;
    if (own >= mostOfOne) {
      throw new AppError("concurrency_limit_exceeded", {
        details: { of: "user", kind: "requests", limit: mostOfOne },
        retryAfter: 60,
      });
    }
    open.set(userId, own + 1);
    const client = new AbortController();
    reply.raw.once("close", () => {
      client.abort();
      const left = (open.get(userId) ?? 1) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    });
    // It waits, and is bounded here: what the pages ask for meanwhile needs the person's slots.
    meter?.giveWay();
    request.running?.letGo();
    const body = Readable.from(eventsOf({ deps, changes, request, workspaceId, gone: client.signal }), {
      objectMode: false,
    });
    body.on("error", (error) => request.log.info({ reason: error.message }, "a live stream was ended"));
    return reply.send(body);
  });
}

type Source = { deps: Deps; changes: Changes; request: FastifyRequest; workspaceId: string; gone: AbortSignal };

async function* eventsOf(source: Source): AsyncGenerator<string> {
  const { changes, workspaceId, gone } = source;
  yield "retry: 3000\nevent: ready\ndata: []\n\n";
  let state: News["state"] = null;
  for (let round = 1; round <= rounds; round += 1) {
    const since: News["state"] = state;
    const news: News = await changes.next(workspaceId, since, { ms: heartbeatMs, gone });
    state = news.state;
    if (gone.aborted || changes.ended()) return;
    const silent = state === since;
    if ((silent || round % few === 0) && !(await stillIn(source))) return;
    if (silent) yield ": waiting\n\n";
    if (news.changed.length > 0) yield `event: changed\ndata: ${JSON.stringify(news.changed)}\n\n`;
  }
}

/** A session that has ended hears no more; the browser comes again, and is told so. */
async function stillIn({ deps, request, workspaceId }: Source): Promise<boolean> {
  const session = await readSession(deps, clientHeaders(request));
  return session.ok && session.caller.workspaceId === workspaceId;
}
