import type { Access } from "@tocsin/core/access";
import { type ErrorCode, errorCatalog } from "@tocsin/core/errors";
import type { RestProcedure } from "../router/list-procedures";
import { statusOfKind } from "../wire/status-of-kind";

const ofKeys: ErrorCode[] = [
  "missing_api_key",
  "invalid_api_key",
  "expired_api_key",
  "tier_required",
  "insufficient_scope",
  "ip_not_allowed",
  "too_many_failed_attempts",
  "concurrency_limit_exceeded",
];
const ofTokens: ErrorCode[] = [
  "missing_token",
  "invalid_token",
  "expired_token",
  "insufficient_scope",
  "ip_not_allowed",
  "too_many_failed_attempts",
  "concurrency_limit_exceeded",
];
const ofSessions: ErrorCode[] = ["missing_session", "invalid_session", "concurrency_limit_exceeded"];
const ofAll: ErrorCode[] = [
  "invalid_parameter",
  "rate_limit_exceeded",
  "internal_error",
  "storage_full",
  "service_unavailable",
];

const impliedBy: Record<Access["by"], readonly ErrorCode[]> = {
  open: [],
  session: ofSessions,
  key: ofKeys,
  token: ofTokens,
};

/** What an operation may refuse with, by status. */
export function errorsOf({
  access,
  rest,
}: {
  access: RestProcedure["access"];
  rest: Pick<RestProcedure["rest"], "errors">;
}): Map<number, ErrorCode[]> {
  const own = rest.errors ?? [];
  const implied = impliedBy[access.by];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...own, ...implied, ...ofAll])) {
    const status = statusOfKind[errorCatalog[code].kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}
