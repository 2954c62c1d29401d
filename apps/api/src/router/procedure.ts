import {
  type Access,
  type Authorized,
  authorize,
  type KeyCaller,
  type ManageScope,
  type Right,
  type Scope,
  type SessionCaller,
} from "@tocsin/core/access";
import { actorOf } from "@tocsin/core/audit";
import { AppError, type ErrorCode, invalidInput } from "@tocsin/core/errors";
import { initTRPC } from "@trpc/server";
import { ZodError } from "zod";
import { checkText } from "../wire/check-text";
import type { ApiContext } from "./context";
import { formatError, toTrpcError } from "./trpc-error";

/** Where and how a procedure answers over REST, and what its reference page says. */
export type RestRoute = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Fastify's form: `/api/v1/keys/:keyId`. */
  path: `/api/v1/${string}`;
  operationId: string;
  tag: string;
  summary: string;
  description: string;
  status?: 200 | 201 | 202;
  /** What it may refuse with, beyond what its access implies. */
  errors?: readonly ErrorCode[];
  /** Of a weighed request: what it costs, in requests, by its input before that is checked. */
  costOf?: (input: unknown) => number;
  /** It may answer a file instead, which costs by its records. */
  asFile?: true;
  /** Most bytes of its body, where that is more than a megabyte. */
  bodyLimit?: number;
  /** The answer's `meta.cache` says how old it is, and so do header fields. */
  precomputed?: true;
  /** It ends what a secret opens: a field too many is no reason not to. */
  endsAccess?: true;
  /** The answer holds a secret, or is for one caller at one time: never stored. */
  noStore?: true;
  /** For how long the caller may keep the answer; not at all where it is absent, or where the key is in the address. */
  cacheSeconds?: number;
};

export type ProcedureMeta = { access?: Access; rest?: RestRoute };

const t = initTRPC.context<ApiContext>().meta<ProcedureMeta>().create({ errorFormatter: formatError, isDev: false });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Errors leave every procedure as AppErrors, wrapped in what tRPC understands. */
const wrapped = t.procedure.use(async ({ next, type }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof ZodError && result.error.code === "BAD_REQUEST") {
    throw toTrpcError(invalidInput(cause, type === "query" ? "query" : "body"));
  }
  throw toTrpcError(result.error);
});

/** Of REST the gate charges a request; a tRPC request carries many calls, so each that runs is charged here. */
const charged = wrapped.use(async ({ ctx, next, getRawInput, meta }) => {
  if (ctx.transport === "trpc" && ctx.meter) {
    const { access, rest } = meta ?? {};
    const reads = access?.by === "key";
    await ctx.meter.charge(rest?.costOf ? rest.costOf(await getRawInput()) : reads ? access.cost : 1, { reads });
  }
  return next();
});

const base = charged.use(async ({ next, getRawInput }) => {
  checkText(await getRawInput());
  return next();
});

/** A procedure that everybody may call. */
export function open({ rest }: { rest?: RestRoute } = {}) {
  return base.meta({ access: { by: "open" }, ...(rest ? { rest } : {}) });
}

/** A procedure for people: both transports take the session cookie. */
export function bySession(options: { right?: Right; operator?: true; rest?: RestRoute } = {}) {
  const { rest, ...rule } = options;
  const access: Access = { by: "session", ...rule };
  return base.meta({ access, ...(rest ? { rest } : {}) }).use(({ ctx, next, path }) => {
    const { caller } = ctx;
    if (caller?.kind !== "session") throw new AppError(ctx.refused ?? "missing_session");
    requireAccess(ctx, access, path);
    return next({ ctx: { caller } });
  });
}

/**
 * A procedure for programs: REST takes a key, tRPC the session of anyone in a workspace. `right`: of what
 * writes, what the session needs in place of the key's scope; what no field may hold is refused then in every part of the body.
 */
export function byKey(options: { scope: Scope; cost?: number; right?: Right; rest: RestRoute }) {
  const weighed = options.rest.costOf || options.rest.asFile ? ({ weighed: true } as const) : {};
  const access: Access = { by: "key", scope: options.scope, cost: options.cost ?? 1, ...weighed };
  return (options.right ? base : charged)
    .meta({ access, rest: options.rest })
    .use(({ ctx, next, path }) => next({ ctx: { caller: keyOrSession(ctx, { access, path, right: options.right }) } }));
}

/** A procedure for automation: REST takes a management token, tRPC nothing. */
export function byToken(options: { scope: ManageScope; rest: RestRoute }) {
  const access: Access = { by: "token", scope: options.scope };
  return base.meta({ access, rest: options.rest }).use(({ ctx, next, path }) => {
    const { caller } = ctx;
    if (ctx.transport !== "rest" || caller?.kind !== "token") throw new AppError("missing_token");
    requireAccess(ctx, access, path);
    return next({ ctx: { caller } });
  });
}

function keyOrSession(
  ctx: ApiContext,
  { access, path, right }: { access: Access; path: string; right: Right | undefined },
): Authorized<KeyCaller> | Authorized<SessionCaller> {
  const { caller } = ctx;
  if (ctx.transport === "trpc") {
    if (caller?.kind !== "session") throw new AppError(ctx.refused ?? "missing_session");
    if (right) requireAccess(ctx, { by: "session", right }, path);
    return caller;
  }
  if (caller?.kind !== "key") throw new AppError("missing_api_key");
  requireAccess(ctx, access, path);
  return caller;
}

/** Of REST the gate has asked this already; a tRPC request carries many calls, so each is asked here. */
function requireAccess(ctx: ApiContext, access: Access, path: string): void {
  const { caller } = ctx;
  const answer = authorize(caller, access);
  if (answer.allowed) return;
  if (caller?.workspaceId !== undefined) {
    const { workspaceId } = caller;
    const { origin, parts } = ctx;
    parts.denials.record({
      workspaceId,
      actor: actorOf(caller),
      code: answer.code,
      route: path,
      origin,
      at: ctx.now(),
    });
  }
  throw new AppError(answer.code, answer.details ? { details: answer.details } : {});
}
