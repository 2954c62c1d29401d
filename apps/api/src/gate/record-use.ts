import type { FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { clientAddress } from "../wire/client";
import { redactUrl } from "../wire/redact";

/** After the answer: one line in the log, and for a key one use. */
export function recordUse(
  deps: Pick<Deps, "activity" | "usage" | "context" | "settings">,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { caller } = request.auth;
  const route = request.routeOptions.url ?? "(none)";
  const line = {
    method: request.method,
    url: redactUrl(request.raw.url ?? "", deps.settings.keyPrefix),
    route,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    ip: clientAddress(request),
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
    status: reply.statusCode,
    durationMs: reply.elapsedTime,
    at: deps.context.now(),
  });
}
