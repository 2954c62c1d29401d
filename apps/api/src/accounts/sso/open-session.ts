import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** Of an account that has been checked elsewhere: by which provider, and the workspace that it reaches alone. */
const input = z.object({
  userId: z.uuid(),
  ssoProviderId: z.uuid().nullable(),
  ssoWorkspaceId: z.uuid().nullable(),
  activeWorkspaceId: z.uuid().nullable(),
});

/** Lets the server itself open a session of better-auth's; no request reaches it. */
export function sessionOpener() {
  return {
    id: "session-opener",
    endpoints: {
      openSession: createAuthEndpoint.serverOnly({ method: "POST", body: input }, async (ctx) => {
        const { userId, activeWorkspaceId: activeOrganizationId, ssoProviderId, ssoWorkspaceId } = ctx.body;
        const user = await ctx.context.internalAdapter.findUserById(userId);
        if (!user) throw new APIError("UNAUTHORIZED");
        const session = await ctx.context.internalAdapter.createSession(
          userId,
          false,
          { activeOrganizationId, ssoProviderId, ssoWorkspaceId },
          true,
        );
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ success: true });
      }),
    },
  } satisfies BetterAuthPlugin;
}
