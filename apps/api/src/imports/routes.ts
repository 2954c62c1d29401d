import { AppError } from "@tocsin/core/errors";
import { importLines } from "@tocsin/core/own-indicators";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";
import type { Parts } from "../router/context";
import { contextOf, inLongLane } from "../router/parts";
import { allowSlowBody } from "../wire/slow-bodies";

const gigabyte = 1024 ** 3;
/** Lines that cost as much as one request. */
const linesPerRequest = 10_000;
/** For how long a client may send nothing, in ms. */
const longestPause = 60_000;

/** `POST /api/v1/indicators/stream`: indicators of the workspace's own as NDJSON, read and written as they come. */
export async function importRoutes(app: FastifyInstance, { deps, parts }: { deps: Deps; parts: Parts }): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/x-ndjson", (_request, payload, done) => done(null, payload));
  app.post(
    "/api/v1/indicators/stream",
    {
      config: { access: { by: "key", scope: "write:indicators", cost: 1, weighed: true }, long: true },
      bodyLimit: 64 * gigabyte,
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      const ctx = contextOf(deps, parts, "rest", request);
      const { caller } = ctx;
      if (caller?.kind !== "key") throw new AppError("missing_api_key");
      const { body } = request;
      if (!isStream(body)) throw new AppError("unsupported_media_type", { message: "The body is not NDJSON." });
      const done = allowSlowBody(request.raw.socket);
      try {
        const imported = await importLines(
          inLongLane({ ...ctx, caller }),
          withoutPauses(body),
          chargeLines(async (cost) => ctx.meter?.charge(cost)),
        );
        return {
          meta: {
            generated_at: ctx.now().toISOString(),
            feed_version: "1.0",
            source: ctx.instance.name,
            lines: imported.lines,
            ...imported.counts,
          },
          errors: imported.errors,
        };
      } finally {
        done();
      }
    },
  );
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

/** Charges one request for the first lines, and one more whenever so many have come. */
function chargeLines(charge: (cost: number) => Promise<void>): (lines: number) => Promise<void> {
  let paid = 0;
  return async (lines) => {
    if (paid < lines) {
      const cost = Math.ceil((lines - paid) / linesPerRequest);
      await charge(cost);
      paid += cost * linesPerRequest;
    }
    paid -= lines;
  };
}

/** Throws `request_timeout` for a client that falls asleep. */
async function* withoutPauses(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new AppError("request_timeout")), longestPause).unref();
    });
    const next = await Promise.race([chunks.next(), late]).finally(() => clearTimeout(timer));
    if (next.done) return;
    yield next.value;
  }
}
