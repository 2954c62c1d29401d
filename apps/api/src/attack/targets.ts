import type { InjectOptions } from "fastify";
import { restOperations } from "../reference/operations";
import { listProcedures } from "../router/list-procedures";
import { goodRequest, trpcRequest } from "../testing/requests";
import { taxiiApiRoot } from "../wire/taxii-address";
import type { World } from "./world";

/** Something that can be asked of the server, and by what credential. */
export type Target = {
  name: string;
  kind: "rest" | "trpc" | "taxii" | "auth" | "other";
  writes: boolean;
  request: InjectOptions & { url: string };
  headers: Record<string, string>;
};

type Route = { method: string; url: string };
const isUnsafe = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);

/** Every route of the server's own table, with each procedure behind the one route of tRPC and each endpoint of the accounts. */
export function targetsOf(world: World): Target[] {
  const { t } = world;
  return t.app.routeTable
    .list()
    .filter(({ method }) => method !== "HEAD")
    .flatMap((route) => {
      if (route.url === "/api/trpc/:path") return route.method === "POST" ? procedures(world) : [];
      if (route.url === "/api/auth/*") return endpoints(world, route.method);
      return [routeTarget(world, route)];
    });
}

function procedures({ t, token }: World): Target[] {
  return listProcedures().map((procedure) => ({
    name: `tRPC ${procedure.name}`,
    kind: "trpc",
    writes: procedure.type === "mutation",
    request: trpcRequest(procedure, {}),
    headers: procedure.access.by === "token" ? { authorization: `Bearer ${token}` } : { cookie: t.operator.cookie },
  }));
}

type Endpoint = { path?: string; options?: { method?: string | string[] } };

function endpoints({ t }: World, method: string): Target[] {
  return Object.values(t.deps.auth.api as unknown as Record<string, Endpoint>).flatMap(({ path, options }) =>
    path !== undefined && [options?.method ?? "GET"].flat().includes(method)
      ? [
          {
            name: `${method} /api/auth${path}`,
            kind: "auth" as const,
            writes: isUnsafe(method),
            request: {
              method: method as "GET",
              url: `/api/auth${path.replace(/:\w+/g, "x")}`,
              ...(isUnsafe(method) ? { payload: {} } : {}),
            },
            // Some of them end every session of theirs.
            headers: { cookie: t.member.cookie },
          },
        ]
      : [],
  );
}

function routeTarget({ t, secret, token }: World, { method, url }: Route): Target {
  const name = `${method} ${url}`;
  const operation = restOperations().find(({ rest }) => rest.method === method && rest.path === url);
  if (operation) {
    const by = operation.access.by;
    const headers =
      by === "session" ? { cookie: t.operator.cookie } : { authorization: `Bearer ${by === "token" ? token : secret}` };
    return {
      name,
      kind: "rest",
      writes: isUnsafe(method),
      request: goodRequest(operation),
      headers: headers as Record<string, string>,
    };
  }
  const kind =
    url.startsWith(taxiiApiRoot) || url.startsWith("/taxii2") || url.startsWith("/api/taxii2") ? "taxii" : "other";
  const path = url
    .replace(":collection", "all")
    .replace(":object", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487")
    .replace(/:\w+/g, "00000000-0000-4000-8000-000000000000");
  const headers = credentialsOf({ t, secret, token }, url, kind);
  const request = { method: method as "GET", url: path, ...(isUnsafe(method) ? { payload: {} } : {}) };
  return { name, kind, writes: isUnsafe(method), request, headers };
}

/** What keys and tokens are asked for takes no session. */
function credentialsOf({ t, secret, token }: Pick<World, "t" | "secret" | "token">, url: string, kind: Target["kind"]) {
  const bearer = `Bearer ${url.startsWith("/scim/") ? token : secret}`;
  const alone = kind === "taxii" || url.startsWith("/api/v1/") || url.startsWith("/scim/");
  const headers: Record<string, string> = { authorization: bearer };
  return alone ? headers : { cookie: t.operator.cookie, ...headers };
}
