import type { DenialRecorder } from "@tocsin/core/audit";
import type { FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { originOf } from "../gate/seen";
import { createLeakDesk } from "../leaks/desk";
import { noticeSetting } from "../notices/setting";
import type { ApiContext, Door, Parts } from "./context";
import { createIocCounter } from "./overview";

export function createParts(deps: Deps, denials: DenialRecorder): Parts {
  const { settings, version, auth, db, context } = deps;
  return {
    settings,
    version,
    auth,
    db,
    denials,
    leaks: createLeakDesk(noticeSetting(settings)),
    overview: { iocs: createIocCounter(context) },
  };
}

/** The context of one request's procedures, after the gate. */
export function contextOf(deps: Deps, parts: Parts, door: Door, request: FastifyRequest): ApiContext {
  return { ...deps.context, ...request.passage, door, origin: originOf(request), parts };
}
