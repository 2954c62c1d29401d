import { appendEvent } from "@tocsin/core/audit";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { admit, callbackUrl, findProvider, findProviderOf, type SignInProvider } from "@tocsin/core/single-sign-on";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { clientHeaders, originOf } from "../../wire/client";
import type { AccountDeps } from "../deps";
import { chargeAttempt } from "../limits";
import type { Guard } from "./guarded-fetch";
import { beginSignIn, explainProblem, finishSignIn } from "./open-id";
import { keepPending, takePending } from "./pending-cookie";

const open = { access: { by: "open" } } as const;

const startInput = z.strictObject({
  email: z
    .email()
    .max(254)
    .transform((text) => text.toLowerCase()),
  /** Where to go afterwards: a path of the dashboard. */
  redirect: z
    .string()
    .max(2_000)
    .regex(/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/, { error: "is no path of this site" })
    .default("/"),
});

/** Why no session was opened, as the sign-in page is told in `problem`. */
type Problem =
  | "expired"
  | "failed"
  | "denied"
  | "required"
  | Exclude<Awaited<ReturnType<typeof admit>>, { userId: string }>["refused"];

/** `/api/sso/start` says where to send somebody; the provider sends them back to `/api/sso/callback`. */
export function singleSignOnRoutes(app: FastifyInstance, deps: AccountDeps): void {
  app.post("/api/sso/start", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    const input = startInput.safeParse(request.body ?? {});
    if (!input.success) throw invalidInput(input.error);
    const { email, redirect } = input.data;
    const provider = await findProviderOf(deps.context, email.slice(email.lastIndexOf("@") + 1));
    if (!provider) {
      throw new AppError("not_found", { message: "No single sign-on is set up for the domain of this address." });
    }
    const begun = await beginSignIn(provider, guardOf(deps), {
      redirectUri: callbackUrl(deps.context.instance),
      email,
    }).catch((cause: unknown) => {
      deps.context.log.warn({ err: cause, provider: provider.id }, "a sign-in could not begin");
      throw new AppError("service_unavailable", {
        message: `The identity provider cannot be asked: ${explainProblem(cause)}`,
        cause,
      });
    });
    keepPending(deps.context, reply, { ...begun.pending, redirect });
    return reply.header("cache-control", "no-store").send({ url: begun.url });
  });

  app.get("/api/sso/callback", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    reply.header("cache-control", "no-store");
    const { publicUrl } = deps.settings;
    const done = await callback(deps, request, reply);
    const path = "problem" in done ? `/sign-in?problem=${done.problem}` : done.redirect;
    return reply.redirect(`${publicUrl}${path}`, 303);
  });
}

async function callback(
  deps: AccountDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ redirect: string } | { problem: Problem }> {
  const { context } = deps;
  const pending = takePending(context, request, reply);
  const provider = pending && (await findProvider(context, pending.providerId));
  if (!pending || !provider) return { problem: "expired" };
  const { search } = new URL(request.url, "http://localhost");
  const address = new URL(`${callbackUrl(context.instance)}${search}`);
  const claims = await finishSignIn(provider, guardOf(deps), pending, address).catch((error: unknown) => {
    context.log.warn({ err: error, provider: provider.id }, "a sign-in by single sign-on failed");
    return null;
  });
  if (!claims) {
    const problem = address.searchParams.get("error") === "access_denied" ? "denied" : "failed";
    return refuse(deps, request, provider, problem);
  }
  const admitted = await admit({ ...context, origin: originOf(request) }, provider, claims);
  if ("refused" in admitted) return refuse(deps, request, provider, admitted.refused);
  const response = await deps.auth.api.openSession({
    body: {
      userId: admitted.userId,
      ssoProviderId: provider.id,
      ssoWorkspaceId: provider.workspaceId,
      activeWorkspaceId: admitted.workspaceId,
    },
    headers: clientHeaders(request),
    asResponse: true,
  });
  if (!response.ok) return refuse(deps, request, provider, "required");
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return { redirect: pending.redirect };
}

async function refuse(
  deps: AccountDeps,
  request: FastifyRequest,
  provider: SignInProvider,
  problem: Problem,
): Promise<{ problem: Problem }> {
  const actor = { type: "system", id: null, name: "single sign-on" } as const;
  await appendEvent(
    { ...deps.context, origin: originOf(request), actor, workspaceId: provider.workspaceId },
    {
      action: "session.refuse",
      outcome: "denied",
      target: { type: "provider", id: provider.id, name: provider.name },
      details: { problem },
    },
  );
  return { problem };
}

/** How identity providers are reached. */
export function guardOf({ settings }: Pick<AccountDeps, "settings">): Guard {
  return { privateTargets: settings.privateProviders, proxies: settings.proxies, timeoutMs: 10_000 };
}
