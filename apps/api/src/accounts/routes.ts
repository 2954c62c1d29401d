import { AppError, fieldProblems } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { clientHeaders, isFromLoopback } from "../wire/client";
import type { AccountDeps } from "./deps";
import { acceptInput, acceptInvitation, readInvitation } from "./invitation";
import { completeSetup, setupInput } from "./setup";

// Everybody may sign up with any address where sign-up is open: the list of invitations to an address would then hand
// their ids, which are their secrets, to whoever claims it.
const closedPaths = new Set(["/api/auth/organization/list-user-invitations"]);

const open = { access: { by: "open" } } as const;

/** `/api/auth/*` (better-auth), `/api/setup` and `/api/invitations`. */
export async function accountRoutes(app: FastifyInstance, deps: AccountDeps): Promise<void> {
  await app.register(authRoutes, deps);

  app.post("/api/setup", { config: open }, async (request, reply) => {
    const input = parse(setupInput, request.body);
    await completeSetup(deps, input, isFromLoopback(request));
    return signIn(deps, request, reply, input);
  });

  app.get<{ Params: { id: string } }>("/api/invitations/:id", { config: open }, async (request) =>
    readInvitation(deps, request.params.id),
  );

  app.post("/api/invitations/accept", { config: open }, async (request, reply) => {
    const input = parse(acceptInput, request.body);
    const email = await acceptInvitation(deps, input);
    return signIn(deps, request, reply, { email, password: input.password });
  });
}

async function authRoutes(app: FastifyInstance, deps: AccountDeps): Promise<void> {
  // better-auth reads the text itself.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.route({
    method: ["GET", "POST"],
    url: "/api/auth/*",
    config: open,
    handler: async (request, reply) => {
      const { pathname } = new URL(request.url, "http://localhost");
      if (closedPaths.has(pathname.replace(/(?<!\/)\/+$/, ""))) throw new AppError("not_found");
      return sendResponse(reply, await deps.auth.handler(toFetchRequest(deps, request)));
    },
  });
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

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const fields = fieldProblems(parsed.error);
  throw new AppError("invalid_parameter", {
    message: fields.map((field) => `${field.field}: ${field.problem}`).join("; "),
    details: { fields },
  });
}

function toFetchRequest(deps: AccountDeps, request: FastifyRequest): Request {
  const { body } = request;
  return new Request(new URL(request.url, deps.settings.publicUrl), {
    method: request.method,
    headers: clientHeaders(request),
    ...(request.method !== "GET" && typeof body === "string" && body !== "" ? { body } : {}),
  });
}

async function sendResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
