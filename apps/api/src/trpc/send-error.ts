import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { FastifyReply, FastifyRequest } from "fastify";
import { formatError, toTrpcError } from "../router/trpc-error";
import { logUnforeseen } from "../wire/send-error";
import { statusOfKind } from "../wire/status-of-kind";
import { toAppError } from "../wire/to-app-error";

/** An error of the gate, or of reading the request, on the dashboard's wire: one answer for every call of a batch. */
export function sendTrpcError(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const known = toAppError(thrown);
  logUnforeseen(request, known);
  if (known.retryAfter !== undefined) reply.header("retry-after", String(known.retryAfter));
  const error = toTrpcError(known);
  const code = TRPC_ERROR_CODES_BY_KEY[error.code];
  const shape = { message: known.message, code, data: { code: error.code, httpStatus: statusOfKind[known.kind] } };
  const answer = { error: formatError({ shape, error, ctx: { origin: { requestId: request.id } } }) };
  return reply.code(statusOfKind[known.kind]).type("application/json; charset=utf-8").send(answer);
}
