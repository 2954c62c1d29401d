import type { Access, Caller } from "@tocsin/core/access";

/** What a route says of who may call it; `procedure`: each tRPC procedure of the request asks for itself. */
export type RouteAccess = Access | { readonly by: "procedure" };

/** What the gate found out about a request. */
export type RequestAuth = {
  caller: Caller | null;
  refused: "invalid_session" | null;
  /** Charges a weighed request, in requests; gone when it has been. Throws `rate_limit_exceeded`. */
  charge?: (cost: number) => Promise<void>;
};

/** Every route of the server, as it was added. */
export type RouteTable = {
  list: () => { method: string; url: string }[];
  /** What a path answers; empty for a path that leads nowhere. */
  allowedMethods: (path: string) => string[];
};

// Fastify's own way of typing what is attached to a route and a request.
declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** Answers while the process drains, and costs nothing. */
    vital?: true;
    /** Takes the key in the ways of TAXII clients too. */
    taxii?: true;
  }
  interface FastifyInstance {
    routeTable: RouteTable;
  }
  interface FastifyRequest {
    auth: RequestAuth;
  }
}
