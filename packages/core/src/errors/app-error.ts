import { type ErrorCode, type ErrorKind, errorCatalog } from "./catalog";

/** One wrong field of an input: where it is, what was wrong, and what is allowed. */
export type FieldProblem = { field: string; problem: string; allowed?: string };

/** The only error whose code, message and details a caller may see. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: Record<string, unknown> | undefined;
  /** Seconds after which trying again makes sense; becomes Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: Record<string, unknown>; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(options.message ?? errorCatalog[code].message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.kind = errorCatalog[code].kind;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

/** `invalid_parameter` that names each field. */
export function invalidParameter(...fields: [FieldProblem, ...FieldProblem[]]): AppError {
  const [first] = fields;
  const allowed = first.allowed === undefined ? "" : `; allowed: ${first.allowed}`;
  return new AppError("invalid_parameter", {
    message: `${first.field}: ${first.problem}${allowed}`,
    details: { fields },
  });
}
