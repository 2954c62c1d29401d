import { invalidParameter } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import type { ApiContext, Parts } from "../router/context";
import type { FileForm } from "../router/file-form";
import { inputSchema, jsonSchemaOf, type RestProcedure, restProcedures } from "../router/list-procedures";
import { contextOf } from "../router/parts";
import { createCallerFactory, type RestRoute } from "../router/procedure";
import { appRouter } from "../router/router";
import { mergeInput } from "../wire/input";
import { readQuery } from "../wire/query";
import { hasSecret, sendFile } from "../wire/send-file";
import { requireKnownFields } from "../wire/unknown-fields";
import { ageHeaders } from "./age-headers";
import { isLong, writeLongAnswer } from "./long-answer";

/** What one stretch of writing a long answer may take, in ms. */
const sliceMs = 2;
const createCaller = createCallerFactory(appRouter);

/** REST: one Fastify route for each procedure that has `meta.rest`. */
export async function restRoutes(
  app: FastifyInstance,
  options: { deps: Deps; parts: Parts; fileForms: Readonly<Record<string, FileForm>> },
): Promise<void> {
  for (const procedure of restProcedures()) addRoute(app, options, procedure);
}

function addRoute(
  app: FastifyInstance,
  { deps, parts, fileForms }: { deps: Deps; parts: Parts; fileForms: Readonly<Record<string, FileForm>> },
  procedure: RestProcedure,
): void {
  const { rest, access } = procedure;
  const known = new Set(Object.keys(inputSchema(procedure).properties ?? {}));
  const named = takesNewValues(procedure) ? jsonSchemaOf(procedure) : null;
  const fileForm = fileForms[rest.operationId];
  app.route({
    method: rest.method,
    url: rest.path,
    config: { access },
    ...(rest.bodyLimit === undefined ? {} : { bodyLimit: rest.bodyLimit }),
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const input = inputOf(request, rest, known, named);
      const ctx = contextOf(deps, parts, "rest", request);
      if (rest.costOf) await weigh(request, rest.costOf(input));
      const file = await fileForm?.({ ctx, input, accept: request.headers.accept });
      if (file) return sendFile(request, reply, file);
      await weigh(request, access.by === "key" ? access.cost : 1);
      const answer = await procedureOf(ctx, procedure.name)(input);
      reply.headers(headersOf(request, rest, answer)).code(rest.status ?? 200);
      if (!isLong(answer)) return reply.send(answer);
      const text = await writeLongAnswer(answer, { turn: deps.pace.turn, ms: sliceMs });
      return reply.type("application/json; charset=utf-8").send(text);
    },
  });
}

function inputOf(
  { raw, params, body }: FastifyRequest,
  { method }: RestRoute,
  known: ReadonlySet<string>,
  named: object | null,
) {
  if (named) requireKnownFields(named, body);
  const query = method === "GET" ? readQuery(raw.url ?? "") : null;
  return mergeInput({ known, params, query, body: query ? undefined : body });
}

/** Whether a body says what is to be, so that a name it has wrong must not be passed over. What ends something ends it. */
export function takesNewValues({ type, access, rest }: RestProcedure): boolean {
  return type === "mutation" && access.by !== "key" && rest.method !== "DELETE" && !rest.endsAccess;
}

/** What an answer says of its age, of the page after it and of how long it may be kept. */
function headersOf(request: FastifyRequest, rest: RestRoute, answer: unknown): Record<string, string> {
  const next = nextCursorOf(answer);
  const kept = rest.cacheSeconds !== undefined && !hasSecret(request);
  return {
    ...(rest.precomputed ? ageHeaders(answer) : {}),
    ...(next === null ? {} : { "x-next-cursor": next }),
    ...(kept ? { "cache-control": `private, max-age=${rest.cacheSeconds}` } : {}),
  };
}

/** Charges a weighed request before anything is done for it; what no minute of the tier allows is no matter of waiting. */
async function weigh({ auth }: FastifyRequest, cost: number): Promise<void> {
  if (!auth.due || !auth.meter) return;
  const { most } = auth.meter;
  if (cost > most) {
    const allowed = `what costs at most ${most} requests; this costs ${cost}`;
    throw invalidParameter({ field: "body", problem: "asks for more than the tier allows in a minute", allowed });
  }
  await auth.meter.charge(cost);
}

/** `meta.next_cursor`, for clients that read no bodies to page. */
function nextCursorOf(answer: unknown): string | null {
  const { meta } = (answer ?? {}) as { meta?: { next_cursor?: unknown } };
  return typeof meta?.next_cursor === "string" ? meta.next_cursor : null;
}

/** The procedure by its name, as a function of its unchecked input. */
function procedureOf(ctx: ApiContext, name: string): (input: unknown) => Promise<unknown> {
  const found = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], createCaller(ctx));
  return found as (input: unknown) => Promise<unknown>;
}
