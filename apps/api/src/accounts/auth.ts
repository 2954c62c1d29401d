import { randomUUID } from "node:crypto";
import type { Log } from "@tocsin/core/context";
import type { PrismaClient } from "@tocsin/db";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { organization, twoFactor } from "better-auth/plugins";
import type { SessionHooks } from "./audit-sessions";

export const sessionCookie = "sb-access-token";

export type AuthOptions = {
  db: PrismaClient;
  secret: string;
  publicUrl: string;
  instanceName: string;
  signup: "open" | "closed";
  /** Called in the sign-up of a person, after the account stands: gives them a workspace of their own. */
  onSignUp: (user: { id: string; name: string; email: string }) => Promise<void>;
  sessionHooks: SessionHooks;
  log: Log;
};

export type Auth = ReturnType<typeof createAuth>;

/** Accounts, sessions, two-factor and workspaces (better-auth's organizations), on our tables and names. */
export function createAuth(options: AuthOptions) {
  return betterAuth({
    appName: options.instanceName,
    baseURL: options.publicUrl,
    trustedOrigins: (request) => sameOrigin(request),
    basePath: "/api/auth",
    secret: options.secret,
    telemetry: { enabled: false },
    onAPIError: { throw: true }, // A database that does not answer is answered for like everywhere else.
    logger: {
      level: "warn",
      log: (level, message, ...rest) => {
        const err = rest.find((part) => part instanceof Error);
        options.log[level](err ? { err } : {}, `accounts: ${message}`);
      },
    },
    database: prismaAdapter(options.db, { provider: "postgresql", transaction: false }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: options.signup === "closed",
      minPasswordLength: 10,
      maxPasswordLength: 256,
      autoSignIn: true,
      revokeSessionsOnPasswordReset: true,
    },
    user: { additionalFields: { operator: { type: "boolean", required: false, defaultValue: false, input: false } } },
    session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 120,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/two-factor/*": { window: 60, max: 10 },
        "/sign-up/email": { window: 3600, max: 20 },
      },
    },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: sessionCookie,
          attributes: { httpOnly: true, sameSite: "lax", secure: options.publicUrl.startsWith("https:"), path: "/" },
        },
      },
      database: { generateId: () => randomUUID() },
      // The gate has read the client's address already and hands it over in this header.
      ipAddress: { ipAddressHeaders: ["x-tocsin-client-ip"] },
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        // The invitation's id is the secret of its link, which is handed over by hand.
        requireEmailVerificationOnInvitation: false,
        // Keys and their log would go with it.
        disableOrganizationDeletion: true,
        schema: {
          session: { fields: { activeOrganizationId: "activeWorkspaceId" } },
          organization: { modelName: "workspace" },
          member: { fields: { organizationId: "workspaceId" } },
          invitation: { fields: { organizationId: "workspaceId" } },
        },
      }),
      twoFactor({ issuer: options.instanceName }),
    ],
    databaseHooks: {
      session: options.sessionHooks,
      // Accounts that set-up or an invitation makes come without an endpoint, and bring their workspace themselves.
      user: {
        create: { after: async (user, call) => (call?.path === "/sign-up/email" ? options.onSignUp(user) : undefined) },
      },
    },
  });
}

// The dashboard may be opened under another name of the same host (localhost for 127.0.0.1): its own origin is fine,
// and the gate refuses every other one before this.
function sameOrigin(request?: Request): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}
