// SCIM 2.0: RFC 7643 (resources) and RFC 7644 (protocol).
import { AppError } from "@tocsin/core/errors";
import {
  addScimUser,
  changeScimGroup,
  changeScimUser,
  getScimGroup,
  getScimUser,
  listScimGroups,
  listScimUsers,
  removeScimUser,
  type ScimCall,
  scimProblem,
} from "@tocsin/core/provisioning";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import type { Deps } from "../deps";
import { decodeText, readJsonBodies } from "../wire/body";
import { checkText } from "../wire/check-text";
import { originOf } from "../wire/client";
import { parseJson } from "../wire/input";
import { type Query, readQuery } from "../wire/query";
import { scimType, sendScimError } from "./errors";
import { readFilter } from "./filter";
import { noSuchGroup, readGroup, readGroupPatch } from "./read-group";
import { readUser, readUserPatch } from "./read-user";
import { groupResource, listOf, mostResults, providerConfig, resourceTypes, schemas, userResource } from "./resources";

export const scimPath = "/scim/v2";

/** One request; `base` is the address of the endpoint, with which locations begin. */
type ScimRequest = { ctx: ScimCall; base: string; id: string; body: unknown; query: Query };
type Answer = object | null;
type Handler = (call: ScimRequest) => Answer | Promise<Answer>;

/** Users and groups of a workspace for its identity provider, by a management token with `manage:members`. */
export async function scimRoutes(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  app.setErrorHandler((error, request, reply) => sendScimError(request, reply, error));
  readJsonBodies(app, parseJson);
  app.addContentTypeParser(
    "application/scim+json",
    { parseAs: "buffer" },
    async (request: FastifyRequest, body: unknown) =>
      parseJson(decodeText(request.headers["content-type"] ?? "", body as Buffer)),
  );
  for (const [route, handle] of Object.entries(handlers)) {
    const [method = "", path = ""] = route.split(" ");
    app.route({
      method: method as HTTPMethods,
      url: `${scimPath}${path}`,
      config: { access: { by: "token", scope: "manage:members" } },
      handler: async (request, reply) => answer(reply, method, path, await handle(callOf(deps, request))),
    });
  }
}

function callOf(deps: Deps, request: FastifyRequest): ScimRequest {
  // The gate has let a token in, and nothing else.
  const { caller } = request.auth;
  if (caller?.kind !== "token") throw new AppError("missing_token");
  checkText(request.body);
  return {
    ctx: { ...deps.context, caller, origin: originOf(request) },
    base: `${deps.settings.publicUrl}${scimPath}`,
    id: (request.params as { id?: string }).id ?? "",
    body: request.body,
    query: readQuery(request.raw.url ?? ""),
  };
}

function answer(reply: FastifyReply, method: string, path: string, resource: Answer): FastifyReply {
  reply.header("cache-control", "no-store");
  if (resource === null) return reply.code(204).send();
  const location = (resource as { meta?: { location?: string } }).meta?.location;
  if (location !== undefined) reply.header("location", location);
  return reply
    .code(method === "POST" && path === "/Users" ? 201 : 200)
    .header("content-type", scimType)
    .send(JSON.stringify(resource));
}

const handlers: Readonly<Record<string, Handler>> = {
  "GET /ServiceProviderConfig": ({ base }) => providerConfig(base),
  "GET /ResourceTypes": ({ base }) => whole(resourceTypes(base)),
  "GET /ResourceTypes/:id": ({ base, id }) => named(resourceTypes(base), id),
  "GET /Schemas": ({ base }) => whole(schemas(base)),
  "GET /Schemas/:id": ({ base, id }) => named(schemas(base), id),

  "GET /Users": async ({ ctx, base, query }) => {
    const page = pageOf(query);
    const filter = readFilter(textOf(query, "filter"), ["userName", "externalId", "id"]);
    const { total, users } = await listScimUsers(ctx, filter, page);
    return listOf(
      users.map((user) => userResource(base, user)),
      { total, startIndex: page.startIndex },
    );
  },
  "POST /Users": async ({ ctx, base, body }) => userResource(base, await addScimUser(ctx, readUser(body))),
  "GET /Users/:id": async ({ ctx, base, id }) => userResource(base, await getScimUser(ctx, id)),
  "PUT /Users/:id": async ({ ctx, base, id, body }) =>
    userResource(base, await changeScimUser(ctx, id, readUser(body))),
  "PATCH /Users/:id": async ({ ctx, base, id, body }) =>
    userResource(base, await changeScimUser(ctx, id, readUserPatch(body))),
  "DELETE /Users/:id": async ({ ctx, id }) => {
    await removeScimUser(ctx, id);
    return null;
  },

  "GET /Groups": async ({ ctx, base, query }) => {
    const { startIndex, count } = pageOf(query);
    const filter = readFilter(textOf(query, "filter"), ["displayName", "id"]);
    const found = (await listScimGroups(ctx)).filter(({ role }) => !filter || role === filter.value.toLowerCase());
    const page = found.slice(startIndex - 1, startIndex - 1 + count);
    return listOf(
      page.map((group) => groupResource(base, group)),
      { total: found.length, startIndex },
    );
  },
  "POST /Groups": async ({ ctx, body }) => {
    const names = (await listScimGroups(ctx)).map(({ role }) => role);
    throw noSuchGroup(readGroup(body).displayName, names);
  },
  "GET /Groups/:id": async ({ ctx, base, id }) => groupResource(base, await getScimGroup(ctx, id)),
  "PUT /Groups/:id": async ({ ctx, base, id, body }) =>
    groupResource(base, await changeScimGroup(ctx, id, readGroup(body).changes)),
  "PATCH /Groups/:id": async ({ ctx, base, id, body }) =>
    groupResource(base, await changeScimGroup(ctx, id, readGroupPatch(body))),
  "DELETE /Groups/:id": async ({ ctx, id }) => {
    await getScimGroup(ctx, id);
    throw scimProblem(
      "mutability",
      "Groups are the roles of the workspace and cannot be deleted; take the members out",
    );
  },
};

function whole(all: readonly object[]): object {
  return listOf(all, { total: all.length, startIndex: 1 });
}

function named(all: readonly { id: string }[], id: string): object {
  const found = all.find((one) => one.id === id);
  if (!found) throw new AppError("not_found");
  return found;
}

/** RFC 7644 section 3.4.2.4: what is under 1 counts as 1, a negative count as 0. */
function pageOf(query: ScimRequest["query"]): { startIndex: number; count: number } {
  return {
    startIndex: Math.max(1, integerOf(query, "startIndex") ?? 1),
    count: Math.min(mostResults, Math.max(0, integerOf(query, "count") ?? 100)),
  };
}

function integerOf(query: Query, name: string): number | null {
  const text = textOf(query, name);
  if (text === undefined) return null;
  if (!/^-?\d{1,9}$/.test(text)) throw scimProblem("invalidValue", `${name}: is no whole number`);
  return Number(text);
}

function textOf({ values }: Query, name: string): string | undefined {
  return values.get(name)?.[0];
}
