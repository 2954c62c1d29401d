import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import type { Export } from "../exports/exports";
import { iocFile } from "../exports/ioc-file";
import type { ApiContext, Parts } from "../router/context";
import { contextOf, inLongLane } from "../router/parts";
import { preferredType } from "../wire/accept";
import { checkText } from "../wire/check-text";
import type { FileAnswer } from "../wire/file-of";
import { mergeInput } from "../wire/input";
import { readQuery } from "../wire/query";
import { sendFile } from "../wire/send-file";
import { createMispFeed } from "./misp-feed";
import { type DocumentOperation, exportOperations, mispOperations } from "./operations";

type Options = { deps: Deps; parts: Parts };

/** A Fastify route for each operation that answers a file and nothing else. */
export async function documentRoutes(app: FastifyInstance, options: Options): Promise<void> {
  for (const { of, ...operation } of exportOperations) {
    addRoute(app, options, operation, (ctx, input, request) => exportFile(ctx, of, input, request.headers.accept));
  }
  const mispFeed = createMispFeed();
  for (const operation of mispOperations) {
    const fixed = operation.rest.path.split("/").at(-1) ?? "";
    addRoute(app, options, operation, (ctx, input) => mispFeed(ctx, fixed === ":file" ? String(input.file) : fixed));
  }
}

type KeyContext = ApiContext & Parameters<ReturnType<typeof createMispFeed>>[0];

function addRoute(
  app: FastifyInstance,
  { deps, parts }: Options,
  { rest, access, input }: DocumentOperation,
  answer: (ctx: KeyContext, input: Record<string, unknown>, request: FastifyRequest) => Promise<FileAnswer>,
): void {
  const known = new Set(Object.keys(input.shape));
  app.route({
    method: "GET",
    url: rest.path,
    config: { access, long: true },
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      const query = readQuery(request.raw.url ?? "");
      const read = mergeInput({ known, params: request.params, query, body: undefined });
      checkText(read);
      const ctx = contextOf(deps, parts, "rest", request);
      // The gate has let a key in, and nothing else.
      const { caller } = ctx;
      if (caller?.kind !== "key") throw new AppError("missing_api_key");
      await ctx.meter?.beginExport();
      return sendFile(request, reply, await answer(inLongLane({ ...ctx, caller }), read, request));
    },
  });
}

async function exportFile(ctx: KeyContext, of: Export, query: Record<string, unknown>, accept: string | undefined) {
  const { document, options, input } = of.read(query);
  return iocFile(ctx, {
    name: of.id,
    document: { ...document, contentType: typeOf(of, document, accept) },
    options,
    input,
  });
}

/** A format that has several names is called as the client likes best; whoever takes none of them gets the first. */
function typeOf({ aliases }: Export, { contentType }: { contentType: string }, accept: string | undefined): string {
  if (aliases.length === 0) return contentType;
  return preferredType(accept, [contentType, ...aliases.map((alias) => `${alias}; charset=utf-8`)]) ?? contentType;
}
