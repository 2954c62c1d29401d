import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { clientAddress, proxyRequestId } from "../wire/client";
import { redactUrl } from "../wire/redact";

/** Of a request whose client went away before an answer was begun; the word of nginx, since HTTP has none. */
const clientGone = 499;

/** After the answer, or when its client is gone: one line in the log, and for a key one use. The second time it does nothing. */
export function recordUse(
  deps: Pick<Deps, "activity" | "usage" | "context" | "settings">,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { caller, charged = 0, recorded } = request.auth;
  if (recorded) return;
  request.auth.recorded = true;
  const status = reply.raw.writableFinished || reply.raw.headersSent ? reply.statusCode : clientGone;
  const route = request.routeOptions.url ?? "(none)";
  const proxyId = proxyRequestId(request, deps.settings.keyPrefix);
  const line = {
    method: request.method,
    url: redactUrl(request.raw.url ?? "", deps.settings.keyPrefix),
    route,
    status,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ip: clientAddress(request),
    ...(proxyId === null ? {} : { proxyRequestId: proxyId }),
    ...(caller?.kind === "key" ? { keyId: caller.keyId } : {}),
    ...(caller?.kind === "token" ? { tokenId: caller.tokenId } : {}),
    ...(caller?.kind === "session" ? { userId: caller.userId } : {}),
  };
  if (request.routeOptions.config.vital) request.log.debug(line, "answered");
  else request.log.info(line, "answered");
  if (caller?.kind !== "key") return;
  const { keyId: id, keyName: name, workspaceId } = caller;
  deps.activity.used({ id, name, workspaceId }, line.ip, deps.context.now());
  deps.usage.record({
    keyId: caller.keyId,
    route,
    status,
    charged,
    durationMs: reply.elapsedTime,
    at: deps.context.now(),
  });
}
