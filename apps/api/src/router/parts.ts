import { createStatsReader } from "@tocsin/core/stats";
import type { FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { createLeakReports } from "../leak-reports/leak-reports";
import { noticeSetting } from "../settings/notice-setting";
import { createTextReader } from "../text-reader/text-reader";
import { originOf } from "../wire/client";
import type { ApiContext, Parts, Transport } from "./context";
import { createCollectionCounter } from "./count-collections";

export function createParts(deps: Deps): Parts {
  const { settings, version, auth, accountSecrets, db, context, denials, feedSettings, pace } = deps;
  return {
    settings,
    version,
    auth,
    accountSecrets,
    db,
    feedSettings,
    denials,
    pace,
    leaks: createLeakReports(noticeSetting(settings)),
    stats: createStatsReader(context),
    collections: createCollectionCounter(context),
    texts: createTextReader(),
  };
}

/** The context of one request's procedures, after the gate. */
export function contextOf(deps: Deps, parts: Parts, transport: Transport, request: FastifyRequest): ApiContext {
  const { caller, refused, meter = null } = request.auth;
  const sql = deps.db.lanes[caller?.kind === "session" ? "dashboard" : "short"];
  return { ...deps.context, sql, caller, refused, meter, transport, origin: originOf(request), parts };
}

/** The same context for what reads much: what it asks of the database goes after shorter requests. */
export function inLongLane<C extends Pick<ApiContext, "sql" | "parts">>(ctx: C): C {
  return { ...ctx, sql: ctx.parts.db.lanes.long };
}
