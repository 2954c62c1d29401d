import { randomUUID } from "node:crypto";
import type { Log } from "@tocsin/core/context";
import type { PrismaClient } from "@tocsin/db";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { organization, twoFactor } from "better-auth/plugins";
import { basePathOf } from "../wire/base-path";
import type { SessionHooks } from "./audit-sessions";
import { endIfDisabled, requireEnabled } from "./disabled";
import type { FailedSignIn } from "./failed-sign-in";
import { afterHooks, beforeHooks } from "./hooks";
import { memberAccess, memberRoles } from "./member-roles";
import { passkeys } from "./passkeys";
import { withoutIdleHooks } from "./promise-hooks";
import type { Secrets } from "./sealing";
import { sessionOpener } from "./sso/open-session";
import { requireSingleSignOn } from "./sso/required";

export const sessionCookie = "sb-access-token";

/** How passwords are kept; better-auth's own way (scrypt, slow on purpose) is that of every server. */
export type Passwords = {
  hash: (password: string) => Promise<string>;
  verify: (data: { hash: string; password: string }) => Promise<boolean>;
};

export type AuthOptions = {
  db: PrismaClient;
  secrets: Secrets;
  publicUrl: string;
  instanceName: string;
  signup: "open" | "closed";
  passwordMinLength: number;
  /** Called in the sign-up of a person, after the account stands: gives them a workspace of their own. */
  onSignUp: (user: { id: string; name: string; email: string }) => Promise<void>;
  /** Called when somebody signs up with the address of an account; they get the answer that everybody gets. */
  onTakenSignUp: (user: { id: string; email: string }) => void;
  /** Called when somebody gave a wrong password or code. */
  onFailedSignIn: (failed: FailedSignIn) => void;
  sessionHooks: SessionHooks;
  log: Log;
  passwords?: Passwords | undefined;
};

export type Auth = ReturnType<typeof createAuth>;

/** Accounts, sessions, two-factor and workspaces (better-auth's organizations), on our tables and names. */
export function createAuth(options: AuthOptions) {
  const auth = instance(options);
  // What is made at the first call is shared by all of them, and holds no storage.
  return withoutIdleHooks({ handler: auth.handler, api: withoutIdleHooks(auth.api), $context: auth.$context });
}

function instance(options: AuthOptions) {
  return betterAuth({
    appName: options.instanceName,
    // With its path: better-auth would put none behind one that has any.
    baseURL: `${options.publicUrl}/api/auth`,
    trustedOrigins: (request) => sameOrigin(request),
    basePath: "/api/auth",
    secrets: options.secrets,
    // Of what was sealed before secrets had versions.
    secret: options.secrets[0]?.value ?? "",
    telemetry: { enabled: false },
    // What it did not foresee is answered and logged as everywhere else; what it refuses is no trouble of ours.
    onAPIError: { throw: true },
    logger: loggerTo(options.log),
    database: prismaAdapter(options.db, { provider: "postgresql", transaction: false }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: options.signup === "closed",
      minPasswordLength: options.passwordMinLength,
      maxPasswordLength: 256,
      // Who signs up signs in afterwards: so the answer is the same where the address has an account already.
      autoSignIn: false,
      onExistingUserSignUp: async ({ user }) => options.onTakenSignUp(user),
      revokeSessionsOnPasswordReset: true,
      ...(options.passwords ? { password: options.passwords } : {}),
    },
    user: {
      additionalFields: {
        operator: { type: "boolean", required: false, defaultValue: false, input: false },
        disabledAt: { type: "date", required: false, input: false, returned: true },
      },
    },
    session: {
      expiresIn: 30 * 24 * 3600,
      updateAge: 24 * 3600,
      // What it guards asks for the password (passkeys.ts).
      freshAge: 0,
      cookieCache: { enabled: false },
      additionalFields: {
        ssoProviderId: { type: "string", required: false, input: false },
        ssoWorkspaceId: { type: "string", required: false, input: false },
      },
    },
    // Its windows begin anew with each request: limits.ts has ours.
    rateLimit: { enabled: false },
    advanced: advancedOptions(options.publicUrl.startsWith("https:"), basePathOf(options.publicUrl) || "/"),
    plugins: [workspaces(), twoFactor({ issuer: options.instanceName }), passkeys(options), sessionOpener()],
    hooks: { before: beforeHooks(options), after: afterHooks(options) },
    databaseHooks: {
      session: {
        ...options.sessionHooks,
        create: {
          before: async (session) => {
            await requireEnabled(options.db, session);
            await requireSingleSignOn(options.db, session);
          },
          after: async (session, call) => {
            await endIfDisabled(options.db, session);
            await options.sessionHooks.create?.after?.(session, call);
          },
        },
      },
      // Accounts that set-up or an invitation makes come without an endpoint, and bring their workspace themselves.
      user: {
        create: { after: async (user, call) => (call?.path === "/sign-up/email" ? options.onSignUp(user) : undefined) },
      },
    },
  });
}

/** Cookies, ids and addresses; `secure` behind https. */
function advancedOptions(secure: boolean, path: string) {
  return {
    useSecureCookies: false,
    // The contract gives the session cookie its name; a browser takes the others for this very host and path alone.
    // Under a sub-path they are for that alone: what else is on the host may be another instance.
    cookiePrefix: secure ? `${path === "/" ? "__Host" : "__Secure"}-better-auth` : "better-auth",
    defaultCookieAttributes: { secure, path },
    cookies: {
      session_token: {
        name: sessionCookie,
        attributes: { httpOnly: true, sameSite: "lax", secure, path },
      },
    },
    database: { generateId: () => randomUUID() },
    // The gate has read the client's address already and hands it over in this header.
    ipAddress: { ipAddressHeaders: ["x-tocsin-client-ip"] },
  } satisfies BetterAuthOptions["advanced"];
}

/** better-auth's organizations, which are our workspaces. */
function workspaces() {
  return organization({
    ac: memberAccess,
    roles: memberRoles,
    allowUserToCreateOrganization: false,
    // What clients know as the invitation's id is the secret of its link, which is handed over by hand.
    requireEmailVerificationOnInvitation: false,
    cancelPendingInvitationsOnReInvite: true,
    // Keys and their log would go with it.
    disableOrganizationDeletion: true,
    schema: {
      session: { fields: { activeOrganizationId: "activeWorkspaceId" } },
      organization: { modelName: "workspace" },
      member: { fields: { organizationId: "workspaceId" } },
      invitation: { fields: { organizationId: "workspaceId" } },
    },
  });
}

function loggerTo(log: Log) {
  return {
    level: "warn",
    log: (level: "debug" | "info" | "warn" | "error", message: string, ...rest: unknown[]) => {
      const err = rest.find((part) => part instanceof Error);
      log[level](err ? { err } : {}, `accounts: ${message}`);
    },
  } as const;
}

// The dashboard may be opened under another name of the same host (localhost for 127.0.0.1): its own origin is fine,
// and the gate refuses every other one before this.
function sameOrigin(request?: Request): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}
