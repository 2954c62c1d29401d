import { createStatsReader } from "@tocsin/core/stats";
import type { FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { createLeakReports } from "../leak-reports/leak-reports";
import { noticeSetting } from "../settings/notice-setting";
import { originOf } from "../wire/client";
import type { ApiContext, Parts, Transport } from "./context";
import { createCollectionCounter } from "./count-collections";

export function createParts(deps: Deps): Parts {
  const { settings, version, auth, db, context, denials, feedSettings } = deps;
  return {
    settings,
    version,
    auth,
    db,
    feedSettings,
    denials,
    leaks: createLeakReports(noticeSetting(settings)),
    stats: createStatsReader(context),
    collections: createCollectionCounter(context),
  };
}

/** The context of one request's procedures, after the gate. */
export function contextOf(deps: Deps, parts: Parts, transport: Transport, request: FastifyRequest): ApiContext {
  const { caller, refused } = request.auth;
  return { ...deps.context, caller, refused, transport, origin: originOf(request), parts };
}
