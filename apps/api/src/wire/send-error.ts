import { AppError } from "@tocsin/core/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { statusOfKind } from "./status-of-kind";
import { toAppError } from "./to-app-error";

/** Answers an error in the envelope of the API; one that nobody foresaw is logged and keeps its text to itself. */
export function sendError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = toAppError(thrown);
  logUnforeseen(request, error);
  const status = statusOfKind[error.kind];
  if (error.retryAfter !== undefined) reply.header("retry-after", String(error.retryAfter));
  if (error.kind === "unauthenticated" && /_(?:api_key|token)$/.test(error.code))
    reply.header("www-authenticate", "Bearer");
  if (error.code === "payload_too_large") reply.header("connection", "close");
  if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  return reply.code(status).type("application/json; charset=utf-8").send(errorBody(error, request.id));
}

export function errorBody(error: AppError, requestId: string) {
  const { code, message, details } = error;
  return { error: { code, message, ...(details ? { details } : {}), request_id: requestId } };
}

export function logUnforeseen(request: Pick<FastifyRequest, "log">, error: AppError): void {
  if (error.kind === "internal") request.log.error({ err: error.cause ?? error }, "unforeseen error");
  if (error.kind === "unavailable" && error.cause)
    request.log.error(
      { err: error.cause },
      error.code === "storage_full" ? "the disk is full: nothing is stored" : "the database does not answer",
    );
}

/** What was thrown where a path or a method leads nowhere. */
export function nowhere(allowed: string[]): AppError {
  return allowed.length === 0
    ? new AppError("not_found")
    : new AppError("method_not_allowed", { details: { allowed_methods: allowed } });
}
