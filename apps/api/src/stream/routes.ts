import { Readable } from "node:stream";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { lookbackFloor } from "@tocsin/core/iocs";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { checkText } from "../wire/check-text";
import { clientAddress } from "../wire/client";
import { readCredential } from "../wire/credential";
import { mergeInput } from "../wire/input";
import { readQuery } from "../wire/query";
import { eventsOf } from "./events";
import { createHead, type Head } from "./head";
import { type StreamInput, streamInput, streamOperation } from "./operations";
import { placeOf } from "./position";

const known = new Set(Object.keys(streamInput.shape));

/** GET /api/v1/stream, with one reader of the sequence's end for all streams of this node. */
export async function streamRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  const { access, rest } = streamOperation;
  const sql = deps.db.lanes.long;
  const head = createHead({ ...deps.context, sql });
  app.addHook("preClose", async () => head.end());
  app.get(rest.path, { config: { access } }, async (request, reply) => {
    reply.header("cache-control", "no-store").type("text/event-stream; charset=utf-8");
    // A connection is of one stream: kept open after it, it would make a server that stops wait.
    reply.header("connection", "close");
    // Nginx would else keep events until its buffer is full.
    reply.header("x-accel-buffering", "no");
    const filters = readInput(request);
    // The gate has let a key in, and nothing else.
    const { caller, meter } = request.auth;
    if (caller?.kind !== "key" || !meter) throw new AppError("missing_api_key");
    const after = await startOf(filters, head, lookbackFloor({ now: deps.context.now, caller }));
    if (request.method === "HEAD") return reply.send();
    meter.giveWay();
    // The generator waits for what comes, and would not notice by itself.
    const client = new AbortController();
    reply.raw.once("close", () => client.abort());
    const ctx = { ...deps.context, sql, caller };
    const body = Readable.from(
      eventsOf({ ctx, head, filters, after, gone: client.signal, permit: (events) => permit(deps, request, events) }),
      { objectMode: false },
    );
    // What ends it, such as a revoked key, is told to nobody: the client comes again, and is refused.
    body.on("error", (error) => request.log.info({ reason: error.message }, "a stream was ended"));
    request.running?.until(body);
    return reply.send(body);
  });
}

function readInput(request: FastifyRequest): StreamInput {
  const query = readQuery(request.raw.url ?? "");
  const { "last-event-id": last } = request.headers;
  const read = mergeInput({ known, params: {}, query, body: undefined });
  checkText(read);
  const parsed = streamInput.safeParse({
    ...read,
    ...(typeof last === "string" && last !== "" ? { last_event_id: last } : {}),
  });
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  return parsed.data;
}

/** The place after which a stream begins. Older than the tier looks back it would have a gap, and is refused. */
async function startOf({ last_event_id: last }: StreamInput, head: Head, floor: Date): Promise<string> {
  if (last === undefined) return head.read();
  const place = placeOf(last);
  if (Date.parse(place) >= floor.getTime()) return place;
  const message = "The stream cannot go on that far back. Read the list, and begin a new stream.";
  throw new AppError("lookback_exceeded", { message });
}

/** The key still holds, and pays for its events: thousandths of a request. */
async function permit({ verifier }: Deps, request: FastifyRequest, events: number): Promise<void> {
  const secret = readCredential(request.headers, readQuery(request.raw.url ?? ""));
  const verdict = secret === null ? null : await verifier.verify(secret, clientAddress(request));
  if (!verdict?.usable) throw new AppError("invalid_api_key");
  if (events > 0) await request.auth.meter?.charge(events / 1_000);
}
