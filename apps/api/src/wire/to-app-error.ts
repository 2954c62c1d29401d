import { AppError, type ErrorCode } from "@tocsin/core/errors";
import { databaseCode } from "@tocsin/db";
import { TRPCError } from "@trpc/server";

/** The error that a caller may see for whatever was thrown; what is unknown becomes `internal_error` with its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) return fromTrpc(error);
  if (isBrokenOff(error))
    return new AppError("malformed_body", { message: "The request body broke off.", cause: error });
  if (isDiskFull(error)) return new AppError("storage_full", { cause: error, retryAfter: 30 });
  if (isDatabaseGone(error)) return new AppError("service_unavailable", { cause: error, retryAfter: 5 });
  const code = frameworkCodes[codeOf(error)];
  return code ? new AppError(code, { cause: error }) : new AppError("internal_error", { cause: error });
}

// PostgreSQL's disk_full; ENOSPC and EDQUOT are the system's, where this process writes files itself.
function isDiskFull(error: unknown): boolean {
  return databaseCode(error) === "53100" || /^(ENOSPC|EDQUOT)$/.test(codeOf(error));
}

function fromTrpc(error: TRPCError): AppError {
  if (error.code === "INTERNAL_SERVER_ERROR" || error.cause instanceof AppError)
    return toAppError(error.cause ?? new Error(error.message));
  return new AppError(trpcCodes[error.code] ?? "internal_error", { cause: error });
}

const trpcCodes: Partial<Record<TRPCError["code"], ErrorCode>> = {
  PARSE_ERROR: "malformed_body",
  BAD_REQUEST: "malformed_body",
  NOT_FOUND: "not_found",
  METHOD_NOT_SUPPORTED: "method_not_allowed",
  PAYLOAD_TOO_LARGE: "payload_too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
};

/** Node's error of a request whose client has gone; the database's carry what they did (`read ECONNRESET`). */
function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && error.message === "aborted" && codeOf(error) === "ECONNRESET";
}

// fastify/docs/Reference/Errors.md: what its own parsing refuses.
const frameworkCodes: Record<string, ErrorCode | undefined> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "payload_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "malformed_body",
  FST_ERR_CTP_EMPTY_JSON_BODY: "malformed_body",
  FST_ERR_CTP_INVALID_JSON_BODY: "malformed_body",
  FST_ERR_BAD_URL: "not_found",
  FST_ERR_MAX_PARAM_LENGTH: "not_found",
  FST_ERR_NOT_FOUND: "not_found",
  // Prisma: what was there a moment ago has been removed meanwhile.
  P2025: "not_found",
};

// Prisma: P1xxx and P2024 are connections; PostgreSQL: class 08, 53 and 57, 25P03 (a transaction idled too long), 57014 (a statement
// took too long); the
// rest is the system's.
const gone =
  /^(P1001|P1002|P1008|P1017|P2024|08\w{3}|25P03|53\w{3}|57014|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;

function isDatabaseGone(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  if (gone.test(codeOf(error))) return true;
  if (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated|not queryable|Can't reach database server/.test(
      error.message,
    )
  ) {
    return true;
  }
  return "cause" in error && isDatabaseGone(error.cause, depth + 1);
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
