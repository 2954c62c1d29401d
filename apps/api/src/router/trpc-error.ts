import { AppError, type ErrorKind } from "@tocsin/core/errors";
import { type TRPCDefaultErrorShape, TRPCError } from "@trpc/server";
import { statusOfKind } from "../wire/status-of-kind";
import { toAppError } from "../wire/to-app-error";

const codeOfKind = {
  bad_request: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_SUPPORTED",
  not_acceptable: "BAD_REQUEST",
  timed_out: "TIMEOUT",
  gone: "NOT_FOUND",
  too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  rate_limited: "TOO_MANY_REQUESTS",
  headers_too_large: "PAYLOAD_TOO_LARGE",
  internal: "INTERNAL_SERVER_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorKind, TRPCError["code"]>;

/** What tRPC throws on: the status of the error's kind, and the AppError as its cause. */
export function toTrpcError(error: unknown): TRPCError {
  const known = toAppError(error);
  return new TRPCError({ code: codeOfKind[known.kind], message: known.message, cause: known });
}

/** The error on the dashboard's wire; an unknown one keeps its text to itself. */
export function formatError(input: {
  shape: TRPCDefaultErrorShape;
  error: TRPCError;
  ctx?: { origin: { requestId: string | null } } | undefined;
}) {
  const known = input.error.cause instanceof AppError ? input.error.cause : toAppError(input.error);
  const { path } = input.shape.data;
  return {
    message: known.message,
    code: input.shape.code,
    data: {
      code: codeOfKind[known.kind],
      httpStatus: statusOfKind[known.kind],
      ...(path === undefined ? {} : { path }),
      error_code: known.code,
      details: known.details ?? null,
      request_id: input.ctx?.origin.requestId ?? null,
    },
  };
}
