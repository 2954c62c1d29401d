import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** A request of the REST API that a tool stands for. */
export type RestRequest = {
  readonly method: "GET" | "POST";
  readonly path: `/api/v1/${string}`;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: object;
};

/** Asks the REST API in the name of whoever called; throws a `RefusedError` for what it refuses. */
export type Ask = (request: RestRequest) => Promise<unknown>;

/** What REST refused, in its own words. */
export class RefusedError extends Error {
  readonly code: string;

  constructor({ code, message, details }: { code: string; message: string; details?: unknown }, after?: string) {
    const wait = after === undefined ? "" : ` Try again after ${after} seconds.`;
    super(`${code}: ${message}${wait}${details === undefined ? "" : ` ${JSON.stringify(details)}`}`);
    this.code = code;
  }
}

/** Header fields that say who calls, and those that say what is left of the limits. */
const passedOn = ["authorization", "x-api-key", "host", "user-agent"] as const;
const shown = /^(?:x-)?ratelimit|^retry-after$|^x-concurrency/;

/**
 * Every request goes through the server's own routes, and so through the gate: scope, limits, cost, usage and log are those
 * of the REST call, from the caller's own address.
 */
export function askOf(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): Ask {
  const headers = Object.fromEntries(
    passedOn.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, String(request.headers[name])]])),
  );
  return async ({ method, path, query = {}, body }) => {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    );
    const response = await app.inject({
      method,
      url: search.size === 0 ? path : `${path}?${search}`,
      headers,
      remoteAddress: request.ip,
      ...(body === undefined ? {} : { payload: body }),
    });
    for (const [name, value] of Object.entries(response.headers))
      if (shown.test(name) && value !== undefined) reply.header(name, value);
    const answer: unknown = response.json();
    if (response.statusCode < 400) return answer;
    throw new RefusedError(errorIn(answer), textOf(response.headers["retry-after"]));
  };
}

function errorIn(answer: unknown): { code: string; message: string; details?: unknown } {
  const error = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : null;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error))
    throw new AppError("internal_error");
  const details = "details" in error ? { details: error.details } : {};
  return { code: String(error.code), message: String(error.message), ...details };
}

function textOf(header: unknown): string | undefined {
  return header === undefined ? undefined : String(header);
}
