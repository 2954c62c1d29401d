// TAXII 2.1, OASIS Standard, 10 June 2021.
import { Readable } from "node:stream";
import { AppError } from "@tocsin/core/errors";
import { type Collection, findCollection } from "@tocsin/core/values";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Deps } from "../deps";
import { basePathOf } from "../wire/base-path";
import { encode, encodingOf } from "../wire/encoding";
import { readQuery } from "../wire/query";
import { bundleOf, withRoom } from "./bundle";
import { encodeCursor } from "./cursor";
import { sendTaxiiError } from "./errors";
import type { Item } from "./fixed-objects";
import { acceptedType, type MediaType, stixType } from "./media-type";
import { type ObjectQuery, readObjectQuery } from "./object-query";
import { type TaxiiOperation, type TaxiiOperationId, taxiiOperations } from "./operations";
import { type PageOf, readManifest, readObject, readObjects, type TaxiiContext } from "./read-page";
import {
  apiRootResource,
  collectionResource,
  collectionsResource,
  discovery,
  envelope,
  manifest,
  versions,
} from "./resources";

type Params = { readonly collection?: string; readonly object?: string };
type Call = { ctx: TaxiiContext; request: FastifyRequest; params: Params; type: MediaType };
type Answer = { body: object; page?: PageOf<Item>; next?: string | null };

/** A route for each endpoint of TAXII, and one that redirects whoever left out the slash at the end. */
export async function taxiiRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  app.setErrorHandler((error, request, reply) => sendTaxiiError(request, reply, error));
  for (const operation of taxiiOperations) {
    addRoute(app, deps, operation);
    addSlash(app, basePathOf(deps.settings.publicUrl), operation);
  }
}

function addRoute(
  app: FastifyInstance,
  deps: Deps,
  operation: TaxiiOperation & { operationId: TaxiiOperationId },
): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header("cache-control", "no-store");
    const type = acceptedType(request.headers.accept, operation.offers);
    if (type === null) throw new AppError("not_acceptable", { details: { media_types: operation.offers } });
    // The gate has let a key in, and nothing else.
    const { caller } = request.auth;
    if (caller?.kind !== "key") throw new AppError("missing_api_key");
    const ctx = { ...deps.context, sql: deps.db.lanes[isLong(operation) ? "long" : "short"], caller };
    const call = { ctx, request, params: request.params as Params, type };
    return send(request, reply, type, await answers[operation.operationId](call));
  };
  const isRead = operation.method === "GET";
  app.route({
    method: operation.method,
    url: operation.path,
    config: { access: operation.access, taxii: true, ...(isLong(operation) ? { long: true as const } : {}) },
    // What is refused anyway is refused before its body is read.
    onRequest: isRead ? [] : answer,
    handler: answer,
  });
}

/** What reads a page of objects is as much work as an export of as many. */
function isLong({ method, parameters }: TaxiiOperation): boolean {
  return method === "GET" && parameters.length > 0;
}

function addSlash(app: FastifyInstance, base: string, { method, path }: TaxiiOperation): void {
  const redirect = async (request: FastifyRequest, reply: FastifyReply) => {
    const [way = "", query] = (request.raw.url ?? "").split(/\?(.*)/s, 2);
    // A parameter may be empty to the router: `objects/` is a place of its own, and no object without its slash.
    if (way.endsWith("/")) return reply.callNotFound();
    // The query may hold a key.
    reply.header("cache-control", "no-store");
    return reply.redirect(`${base}${way}/${query === undefined ? "" : `?${query}`}`, 308);
  };
  const config = { access: { by: "open" } } as const;
  app.route({ method, url: path.slice(0, -1), config, onRequest: redirect, handler: redirect });
}

const answers: Readonly<Record<TaxiiOperationId, (call: Call) => Answer | Promise<Answer>>> = {
  getTAXIIDiscovery: ({ ctx }) => ({ body: discovery(ctx.instance) }),
  getTAXIIDiscoveryUnderAPI: ({ ctx }) => ({ body: discovery(ctx.instance) }),
  getTAXIIAPIRoot: ({ ctx }) => ({ body: apiRootResource(ctx.instance) }),
  getTAXIIStatus: () => {
    throw new AppError("not_found", { message: "There is no such status." });
  },
  listTAXIICollections: () => ({ body: collectionsResource() }),
  getTAXIICollection: (call) => ({ body: collectionResource(collectionOf(call)) }),
  getTAXIIManifest: async (call) => {
    const { collection, query } = pageOf(call);
    const page = await readManifest(call.ctx, collection, query);
    const next = nextOf(call, collection, query, page);
    return { body: manifest(page, next), page };
  },
  getTAXIIObjects: async (call) => {
    const { collection, query } = pageOf(call);
    const asBundle = call.type === stixType;
    const page = await readObjects(call.ctx, collection, asBundle ? withRoom(query) : query);
    const next = nextOf(call, collection, query, page);
    const name = call.ctx.instance.name;
    return { body: asBundle ? bundleOf(page.items, name, query.limit) : envelope(page, next), page, next };
  },
  addTAXIIObjects: readOnly,
  getTAXIIObject: async (call) => {
    const { page, query } = await objectOf(call);
    const name = call.ctx.instance.name;
    return { body: call.type === stixType ? bundleOf(page.items, name, query.limit) : envelope(page, null), page };
  },
  deleteTAXIIObject: readOnly,
  getTAXIIVersions: async (call) => {
    const { page } = await objectOf(call);
    return { body: versions(page), page };
  },
};

function readOnly(call: Call): never {
  collectionOf(call);
  throw new AppError("read_only_collection");
}

function collectionOf({ params }: Call): Collection {
  const collection = findCollection(params.collection ?? "");
  if (collection === null) throw new AppError("not_found", { message: "There is no such collection." });
  return collection;
}

function pageOf(call: Call): { collection: Collection; query: ObjectQuery } {
  const collection = collectionOf(call);
  const query = readObjectQuery(readQuery(call.request.raw.url ?? ""), collection.id, call.ctx.peppers);
  return { collection, query };
}

async function objectOf(call: Call) {
  const collection = collectionOf(call);
  const id = call.params.object ?? "";
  const query = readObjectQuery(readQuery(call.request.raw.url ?? ""), `${collection.id} ${id}`, call.ctx.peppers);
  return { query, page: await readObject(call.ctx, collection, id, query) };
}

function nextOf({ ctx }: Call, collection: Collection, query: ObjectQuery, page: PageOf<Item>): string | null {
  const last = page.items.at(-1);
  if (!page.more || !last) return null;
  return encodeCursor({ of: collection.id, after: last.dateAdded, filters: query.filters }, ctx.peppers);
}

function send(request: FastifyRequest, reply: FastifyReply, type: MediaType, { body, page, next }: Answer) {
  const [first, last] = [page?.items[0], page?.items.at(-1)];
  // TAXII 2.1 section 3.4.1: of what was answered, so an empty answer has neither.
  if (first) reply.header("x-taxii-date-added-first", first.dateAdded);
  if (last) reply.header("x-taxii-date-added-last", last.dateAdded);
  if (next) reply.header("link", `<?${new URLSearchParams({ next })}>; rel="next"`);
  const text = JSON.stringify(body);
  const encoding = text.length < leastCompressed ? null : encodingOf(request.headers["accept-encoding"]);
  reply.headers({ "content-type": type, vary: "Accept, Accept-Encoding" });
  // As bytes: Fastify would write the type of a text anew, with a charset, which TAXII has no place for.
  if (encoding === null) return reply.send(Buffer.from(text));
  return reply.header("content-encoding", encoding).send(encode(Readable.from([text]), encoding));
}

/** Characters below which compressing costs more than it saves. */
const leastCompressed = 1_000;
