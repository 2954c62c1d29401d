import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readJsonBodies } from "../wire/body";
import { clientHeaders, isFromLoopback, originOf } from "../wire/client";
import { parseJson } from "../wire/input";
import { watchCall } from "./audit-calls";
import type { AccountDeps } from "./deps";
import { requireGoodFields } from "./fields";
import { acceptInput, acceptInvitation, readInvitation } from "./invitation";
import { chargeAttempt, chargeAuthRequest, chargeRequest } from "./limits";
import { linkRoutes } from "./link-routes";
import { parseBody } from "./parse-body";
import { completeSetup, setupInput } from "./setup";
import { singleSignOnRoutes } from "./sso/routes";

// Everybody may sign up with any address where sign-up is open: the list of invitations to an address would then tell
// whoever claims it which workspaces it was invited to.
const closedPaths = new Set(["/api/auth/organization/list-user-invitations"]);

const open = { access: { by: "open" } } as const;

/** `/api/auth/*` (better-auth), `/api/setup` and `/api/invitations`. */
export async function accountRoutes(app: FastifyInstance, deps: AccountDeps): Promise<void> {
  await app.register(authRoutes, deps);
  singleSignOnRoutes(app, deps);
  linkRoutes(app, deps);

  app.post("/api/setup", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    const input = parseBody(setupInput, request.body);
    await completeSetup(deps, input, isFromLoopback(request, deps.settings));
    return signIn(deps, request, reply, input);
  });

  app.get<{ Params: { id: string } }>("/api/invitations/:id", { config: open }, async (request, reply) => {
    await chargeRequest(deps, request, reply);
    return readInvitation(deps, request.params.id);
  });

  app.post("/api/invitations/accept", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    const input = parseBody(acceptInput, request.body);
    const email = await acceptInvitation(deps, originOf(request), input);
    return signIn(deps, request, reply, { email, password: input.password });
  });
}

async function authRoutes(app: FastifyInstance, deps: AccountDeps): Promise<void> {
  // better-auth reads the text itself. What is no JSON it would write to the console, line after line; and it takes every
  // text for a name.
  readJsonBodies(app, (text) => {
    requireGoodFields(parseJson(text));
    return text;
  });
  app.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    config: open,
    handler: async (request, reply) => {
      const { pathname } = new URL(request.url, "http://localhost");
      const path = pathname.replace(/(?<!\/)\/+$/, "");
      if (closedPaths.has(path)) throw new AppError("not_found");
      await chargeAuthRequest(deps, request, reply, path.slice("/api/auth".length));
      const record = await watchCall(deps, request, path.slice("/api/auth".length));
      const response = await deps.auth.handler(toFetchRequest(deps, request)).catch((error: unknown) => {
        throw isLastOwner(error) ? new AppError("last_owner", { cause: error }) : error;
      });
      await record(response.status);
      return sendResponse(reply, response);
    },
  });
}

/** After ten wrong codes in a row, better-auth takes none for the account for a quarter of an hour. */
function locked(): AppError {
  return new AppError("too_many_failed_attempts", {
    message: "Too many wrong codes were given for this account. Try again in a quarter of an hour.",
    retryAfter: 900,
  });
}

/** The trigger of that name refused to take the last owner away, whatever the driver makes of its error. */
function isLastOwner(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  return error.message.includes("member_keeps_an_owner") || isLastOwner(error.cause, depth + 1);
}

async function signIn(
  deps: AccountDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  credentials: { email: string; password: string },
) {
  const response = await deps.auth.api.signInEmail({
    body: { email: credentials.email, password: credentials.password },
    headers: clientHeaders(request),
    asResponse: true,
  });
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply.code(201).send({ success: true });
}

function toFetchRequest(deps: AccountDeps, request: FastifyRequest): Request {
  const { body } = request;
  return new Request(`${deps.settings.publicUrl}${request.url}`, {
    // HEAD is answered as GET; the body is left out where it is sent.
    method: request.method === "HEAD" ? "GET" : request.method,
    headers: clientHeaders(request),
    ...(request.method === "POST" && typeof body === "string" && body !== "" ? { body } : {}),
  });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  if (response.status === 429) throw locked();
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
