import { AppError } from "@tocsin/core/errors";
import { deletePerson } from "@tocsin/core/people";
import type { FastifyInstance } from "fastify";
import { clientHeaders, originOf } from "../wire/client";
import {
  changeEmailInput,
  deleteAccountInput,
  readLinkInput,
  redeemLink,
  requestEmail,
  requestReset,
  requestResetInput,
  showLink,
  useLinkInput,
} from "./account-links";
import type { AccountDeps } from "./deps";
import { chargeAccount, chargeAttempt, chargeRequest } from "./limits";
import { parseBody } from "./parse-body";

const open = { access: { by: "open" } } as const;

/**
 * One-time links: to ask for one by e-mail, to see what one is for, to use it; and the change of one's own address. The
 * token comes in the body, since addresses are logged on the way.
 */
export function linkRoutes(app: FastifyInstance, deps: AccountDeps): void {
  app.post("/api/account-links/request", { config: open }, async (request, reply) => {
    await chargeRequest(deps, request, reply);
    await chargeAttempt(deps, request, reply);
    const input = parseBody(requestResetInput, request.body);
    await chargeAccount(deps, reply, `reset:${input.email}`);
    requestReset(deps, originOf(request), input);
    return reply.code(202).send({ success: true });
  });

  app.post("/api/account-links/read", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    return showLink(deps, parseBody(readLinkInput, request.body));
  });

  app.post("/api/account-links/use", { config: open }, async (request, reply) => {
    await chargeAttempt(deps, request, reply);
    return redeemLink(deps, originOf(request), parseBody(useLinkInput, request.body));
  });

  app.post("/api/account/delete", { config: { access: { by: "session" } } }, async (request, reply) => {
    const { caller } = request.auth;
    if (caller?.kind !== "session") throw new AppError("missing_session");
    const { password, end_keys } = parseBody(deleteAccountInput, request.body);
    await chargeAccount(deps, reply, `user:${caller.userId}`);
    await requirePassword(deps, clientHeaders(request), password);
    const ctx = { ...deps.context, caller, origin: originOf(request) };
    return deletePerson(ctx, { personId: caller.userId, endKeys: end_keys });
  });

  app.post("/api/account/email", { config: { access: { by: "session" } } }, async (request, reply) => {
    const { caller } = request.auth;
    if (caller?.kind !== "session") throw new AppError("missing_session");
    const { email, password } = parseBody(changeEmailInput, request.body);
    await chargeAccount(deps, reply, `user:${caller.userId}`);
    await requirePassword(deps, clientHeaders(request), password);
    await requestEmail(deps, originOf(request), caller, email);
    return reply.code(202).send({ success: true });
  });
}

/** Throws `wrong_password` where it is not that of whoever is signed in. */
export async function requirePassword({ auth }: AccountDeps, headers: Headers, password: string): Promise<void> {
  const verified = await auth.api.verifyPassword({ headers, body: { password } }).catch(() => ({ status: false }));
  if (!verified.status) throw new AppError("wrong_password");
}
