import { AppError, type ErrorCode, errorCodeField, exampleRequestId, requestIdField } from "@tocsin/core/errors";
import { z } from "zod";
import { errorBody } from "../wire/send-error";
import { errorsOf } from "./errors-of";
import type { Collector } from "./openapi-collector";
import { rateHeaders, ref } from "./openapi-components";
import type { RestOperation } from "./operations";

const errorShape = z
  .object({
    error: z
      .object({
        code: errorCodeField,
        message: z.string().meta({
          description: "What went wrong, for people. It may change; programs go by `code`.",
          example: "A parameter is not valid.",
        }),
        details: z
          .looseObject({})
          .optional()
          .meta({
            description: "What exactly was wrong; its fields depend on `code`. Absent where there is nothing to add.",
            example: { fields: [{ field: "limit", problem: "is too large", allowed: "at most 10000" }] },
          }),
        request_id: requestIdField,
      })
      .meta({ description: "The one error of the answer." }),
  })
  .meta({ id: "Error", description: "How every refusal of the REST API looks, whatever its status." });

/** Refusals that several operations share, by the name of their component; the codes are those of one status. */
const shared: Readonly<Record<string, readonly ErrorCode[]>> = {
  BadRequest: ["invalid_parameter"],
  BadBody: ["invalid_parameter", "malformed_body"],
  KeyUnauthorized: ["missing_api_key", "invalid_api_key", "expired_api_key"],
  SessionUnauthorized: ["missing_session", "invalid_session"],
  TokenUnauthorized: ["missing_token", "invalid_token", "expired_token"],
  KeyForbidden: ["tier_required", "insufficient_scope", "ip_not_allowed"],
  KeyForbiddenOrOld: ["lookback_exceeded", "tier_required", "insufficient_scope", "ip_not_allowed"],
  TokenForbidden: ["insufficient_scope", "ip_not_allowed"],
  TokenKeyLimitReached: ["key_limit_reached", "insufficient_scope", "ip_not_allowed"],
  ReadOnly: ["read_only_collection", "tier_required", "insufficient_scope", "ip_not_allowed"],
  CrossSite: ["cross_site_request"],
  RoleForbidden: ["insufficient_role", "cross_site_request"],
  RoleKeyLimitReached: ["key_limit_reached", "insufficient_role", "cross_site_request"],
  RoleKeyRefused: ["key_limit_reached", "approval_required", "insufficient_role", "cross_site_request"],
  TokenKeyRefused: ["key_limit_reached", "approval_required", "insufficient_scope", "ip_not_allowed"],
  NotFound: ["not_found"],
  NotAcceptable: ["not_acceptable"],
  PayloadTooLarge: ["payload_too_large"],
  UnsupportedMediaType: ["unsupported_media_type"],
  TooManyRequests: ["rate_limit_exceeded"],
  TooManyAtOnce: ["concurrency_limit_exceeded", "rate_limit_exceeded"],
  TooManyAttempts: ["too_many_failed_attempts", "concurrency_limit_exceeded", "rate_limit_exceeded"],
  InternalError: ["internal_error"],
  ServiceUnavailable: ["storage_full", "service_unavailable"],
};
const keyOf = (codes: readonly ErrorCode[]) => codes.toSorted().join();
const names = new Map(Object.entries(shared).map(([name, codes]) => [keyOf(codes), name]));

/** What an operation of the REST API may refuse with, by status. */
export function refusalsOf(operation: Pick<RestOperation, "access" | "rest">, collector: Collector) {
  const schema = collector.schemaOf(errorShape, "input");
  return refusals(errorsOf(operation), "", collector, (codes) => ({
    "application/json": {
      schema,
      examples: Object.fromEntries(
        codes.map((code) => [code, collector.keep("examples", code, { value: exampleError(code) })]),
      ),
    },
  }));
}

/** Refusals by status, as references where several operations share them; `prefix` begins the names of a transport. */
export function refusals(
  byStatus: ReadonlyMap<number, readonly ErrorCode[]>,
  prefix: string,
  collector: Collector,
  contentOf: (codes: readonly ErrorCode[]) => object,
) {
  const answers = [...byStatus].map(([status, codes]) => {
    const again = {
      ...(status === 429 || status === 503 ? { "Retry-After": ref("RetryAfter") } : {}),
      ...(codes.includes("concurrency_limit_exceeded") ? { "X-Concurrency-Limit": ref("ConcurrencyLimit") } : {}),
    };
    const answer = {
      description: codes.map((code) => `\`${code}\``).join(", "),
      headers: { ...rateHeaders, ...again },
      content: contentOf(codes),
    };
    const name = names.get(keyOf(codes));
    return [String(status), name === undefined ? answer : collector.keep("responses", prefix + name, answer)];
  });
  return Object.fromEntries(answers);
}

function exampleError(code: ErrorCode) {
  const details = exampleDetails[code];
  return errorBody(new AppError(code, details ? { details } : {}), exampleRequestId);
}

const exampleDetails: Partial<Record<ErrorCode, Record<string, unknown>>> = {
  invalid_parameter: { fields: [{ field: "limit", problem: "is too large", allowed: "at most 10000" }] },
  insufficient_scope: { scope: "read:iocs" },
  insufficient_role: { role: "analyst", required_role: "key_admin", right: "keys:write" },
  rate_limit_exceeded: { window: "minute", limit: 1000, reset_at: "2026-11-21T09:31:00.000Z" },
  concurrency_limit_exceeded: { of: "key", kind: "exports", limit: 4 },
};
