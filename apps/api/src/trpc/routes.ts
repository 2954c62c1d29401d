import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";
import type { Parts } from "../router/context";
import { contextOf } from "../router/parts";
import { appRouter } from "../router/router";
import { readJsonBodies } from "../wire/body";
import { logUnforeseen } from "../wire/send-error";
import { toAppError } from "../wire/to-app-error";
import { sendTrpcError } from "./send-error";

/** The dashboard's calls: `/api/trpc/<procedure>[,<procedure>…]`. */
export async function trpcRoutes(app: FastifyInstance, { deps, parts }: { deps: Deps; parts: Parts }): Promise<void> {
  // tRPC reads the text itself; here it would only be written out again.
  readJsonBodies(app, (text) => text);
  app.setErrorHandler((error, request, reply) => sendTrpcError(request, reply, error));
  app.route<{ Params: { path: string } }>({
    method: ["GET", "POST"],
    url: "/api/trpc/:path",
    config: { access: { by: "procedure" } },
    handler: async (request, reply) => {
      reply.header("cache-control", "no-store");
      await fastifyRequestHandler({
        router: appRouter,
        req: request,
        res: reply,
        path: request.params.path,
        createContext: () => contextOf(deps, parts, "trpc", request),
        maxBatchSize: 20,
        onError: ({ error }) => logUnforeseen(request, toAppError(error)),
      });
      // What named no procedure; of a batch that did, each has been charged.
      const { due, meter } = request.auth;
      if (due) await meter?.charge(1).catch(() => {});
    },
  });
}
