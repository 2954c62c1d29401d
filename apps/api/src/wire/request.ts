import type { Readable } from "node:stream";
import type { Access, Caller } from "@tocsin/core/access";

/**
 * What a route says of who may call it; `procedure`: each tRPC procedure of the request asks for itself; `tools`: a key, which
 * each REST call that is made for the request is asked for.
 */
export type RouteAccess = Access | { readonly by: "procedure" } | { readonly by: "tools" };

/** What a request costs its caller, and what it holds while it runs. */
export type Meter = {
  /**
   * Charges a cost in requests; `reads`: a person reads intelligence, which counts against the day of their workspace.
   * Throws `rate_limit_exceeded`.
   */
  charge: (cost: number, options?: { reads?: boolean }) => Promise<void>;
  /** Takes the slots of an export; `whole`: with those of a request. Throws `concurrency_limit_exceeded`. */
  takeLong: (options?: { whole?: boolean }) => Promise<void>;
  /** It is much work, which waits for what is short, and is no export. */
  giveWay: () => void;
  /**
   * The same anything is read for a cost that is not known yet. Throws also `rate_limit_exceeded`, where not even the
   * least cost is left.
   */
  beginExport: () => Promise<void>;
  /** The least of the caller's windows, in requests: what an export may cost depends on it. */
  readonly most: number;
};

/** What the gate found out about a request. */
export type RequestAuth = {
  caller: Caller | null;
  refused: "invalid_session" | null;
  /** Absent where nobody is known whom a request could be charged to. */
  meter?: Meter;
  /** A weighed request that nothing has been charged for yet. */
  due?: boolean;
  /** What has been charged, in requests. */
  charged?: number;
  /** Its use has been counted. */
  recorded?: true;
};

/** What a request holds until its answer has ended, and all work for it has. */
export type Running = {
  /** Called once both are over. */
  atEnd: (release: () => void) => void;
  /** The answer is not over before this has been closed, sent or not. */
  until: (body: Readable) => void;
  /** The handler has made its answer. */
  answered: () => void;
  /** It has its slots: what is long waits for it. One that is still to get them, or gets none, keeps nothing waiting. */
  becomeShort: () => void;
  /** It is an export: what is short goes before it. */
  becomeLong: () => void;
  /** Gives its slots back while the answer goes on: of one that waits, and is bounded by its own route. */
  letGo: () => void;
};

/** Every route of the server, as it was added. */
export type RouteTable = {
  list: () => { method: string; url: string }[];
  /** What a path answers; empty for a path that leads nowhere. */
  allowedMethods: (path: string) => string[];
  /** Whether what a path answers is for API keys. */
  isByKey: (path: string) => boolean;
};

// Fastify's own way of typing what is attached to a route and a request.
declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** Answers while the process drains, and costs nothing. */
    vital?: true;
    /** Takes the key in the ways of TAXII clients too. */
    taxii?: true;
    /** Counts as an export from its beginning. */
    long?: true;
  }
  interface FastifyInstance {
    routeTable: RouteTable;
  }
  interface FastifyRequest {
    auth: RequestAuth;
    running: Running | null;
  }
}
