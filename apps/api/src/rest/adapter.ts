import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";
import type { FileAnswer } from "../documents/file-of";
import { sendFile } from "../documents/send-file";
import { readQuery } from "../gate/query";
import type { ApiContext, Parts } from "../trpc/context";
import { contextOf } from "../trpc/parts";
import { appRouter } from "../trpc/router";
import { createCallerFactory } from "../trpc/trpc";
import { mergeInput } from "./input";
import { inputSchema, type RestProcedure, restProcedures } from "./procedures";

/** Answers in another form than JSON where the request asks for it; null where it does not. */
export type OtherForm = (call: {
  ctx: ApiContext;
  input: Record<string, unknown>;
  accept: string | undefined;
}) => Promise<FileAnswer | null>;

const createCaller = createCallerFactory(appRouter);

/** The REST door: one Fastify route for each procedure that has `meta.rest`. */
export async function restDoor(
  app: FastifyInstance,
  options: { deps: Deps; parts: Parts; otherForms: Readonly<Record<string, OtherForm>> },
): Promise<void> {
  for (const procedure of restProcedures()) addRoute(app, options, procedure);
}

function addRoute(
  app: FastifyInstance,
  { deps, parts, otherForms }: { deps: Deps; parts: Parts; otherForms: Readonly<Record<string, OtherForm>> },
  procedure: RestProcedure,
): void {
  const { rest, access } = procedure;
  const known = new Set(Object.keys(inputSchema(procedure).properties ?? {}));
  const otherForm = otherForms[rest.operationId];
  app.route({
    method: rest.method,
    url: rest.path,
    config: { access },
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const query = rest.method === "GET" ? readQuery(request.raw.url ?? "") : null;
      const body = query ? undefined : request.body;
      const input = mergeInput({ known, params: request.params, query, body });
      const ctx = contextOf(deps, parts, "rest", request);
      const other = await otherForm?.({ ctx, input, accept: request.headers.accept });
      if (other) return sendFile(request, reply, other);
      const answer = await procedureOf(ctx, procedure.name)(input);
      return reply.code(rest.status ?? 200).send(answer);
    },
  });
}

/** The procedure by its name, as a function of its unchecked input. */
function procedureOf(ctx: ApiContext, name: string): (input: unknown) => Promise<unknown> {
  const found = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], createCaller(ctx));
  return found as (input: unknown) => Promise<unknown>;
}
