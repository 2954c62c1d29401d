import type { ErrorCode } from "@tocsin/core/errors";
import { TRPCClientError } from "@trpc/client";
import { atBase } from "./base";

export type FieldNote = { field: string; problem: string; allowed?: string };

/** What a refused or failed request comes down to, whichever transport it went through. */
export type ProblemFacts = {
  /** A code of the error catalog, where the server gave one. */
  code: string | null;
  message: string;
  /** The HTTP status; null when no answer came. */
  status: number | null;
  requestId: string | null;
  fields: FieldNote[];
};

export class Problem extends Error {
  constructor(readonly facts: ProblemFacts) {
    super(facts.message);
    this.name = "Problem";
  }
}

const unreachable = "The server did not answer. Check the connection, then try again.";

/** Reads whatever was thrown: an answer of tRPC, of the account client, of a plain request, or no answer at all. */
export function problemOf(error: unknown): ProblemFacts {
  if (error instanceof Problem) return error.facts;
  if (error instanceof TRPCClientError) return trpcProblem(error);
  if (isObject(error) && typeof error.status === "number") {
    return accountProblem(error, error.status);
  }
  if (error instanceof TypeError)
    return { code: null, message: unreachable, status: null, requestId: null, fields: [] };
  const message = error instanceof Error ? error.message : "Something unexpected happened in this page.";
  return { code: null, message, status: null, requestId: null, fields: [] };
}

/** Of the account client: its server's own errors, or those that the catalog has, in their envelope. */
function accountProblem(error: Record<string, unknown>, status: number): ProblemFacts {
  if (isObject(error.error)) return envelopeProblem(error.error, status);
  // A proxy in front that says so has no more to tell than a line that is dead.
  const gateway = error.code === undefined && status >= 502 && status <= 504;
  const answer = text(error.message) ?? text(error.statusText) ?? `The server answered ${status}.`;
  const message = gateway || status === 0 ? unreachable : answer;
  return { code: text(error.code), message, status: status || null, requestId: null, fields: [] };
}

/** Of the catalog, of the account client, and of an answer without a code. */
const sessionCodes: readonly (string | null)[] = [
  null,
  "UNAUTHORIZED",
  ...(["missing_session", "invalid_session"] satisfies ErrorCode[]),
];

/** Whether it says that nobody is signed in any more; a wrong code or password is a 401 too, with a code of its own. */
export function isSessionEnd(error: unknown): boolean {
  const { status, code } = problemOf(error);
  return status === 401 && sessionCodes.includes(code);
}

function trpcProblem(error: TRPCClientError<never>): ProblemFacts {
  const data: unknown = error.data;
  if (!isObject(data)) {
    return { code: null, message: unreachable, status: null, requestId: null, fields: [] };
  }
  return {
    code: text(data.error_code) ?? text(data.code),
    message: error.message,
    status: typeof data.httpStatus === "number" ? data.httpStatus : null,
    requestId: text(data.request_id),
    fields: fieldNotes(data.details),
  };
}

/** An error in the envelope that all our JSON paths share. */
function envelopeProblem(error: Record<string, unknown>, status: number): ProblemFacts {
  return {
    code: text(error.code),
    message: text(error.message) ?? `The server answered ${status}.`,
    status,
    requestId: text(error.request_id),
    fields: fieldNotes(error.details),
  };
}

/** A plain request to one of our JSON paths outside tRPC. Throws a Problem. */
export async function requestJson(path: `/${string}`, body?: object): Promise<unknown> {
  const response = await fetch(atBase(path), {
    ...(body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const error = isObject(answer) && isObject(answer.error) ? answer.error : {};
  const problem = envelopeProblem(error, response.status);
  throw new Problem({ ...problem, requestId: problem.requestId ?? response.headers.get("x-request-id") });
}

function fieldNotes(details: unknown): FieldNote[] {
  if (!isObject(details) || !Array.isArray(details.fields)) return [];
  return details.fields.filter(isFieldNote);
}

function isFieldNote(value: unknown): value is FieldNote {
  return isObject(value) && typeof value.field === "string" && typeof value.problem === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
