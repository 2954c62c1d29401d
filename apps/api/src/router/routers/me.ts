import { formats, hasRight, rights, roleOf, roles, scopes, tierNameOf, tierNames } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import { type KeyPolicy, keyPolicyOf, keyPolicyShape } from "@tocsin/core/keys";
import { leakPolicies, leakPolicyOf } from "@tocsin/core/leaks";
import { reaches } from "@tocsin/core/single-sign-on";
import { z } from "zod";
import { bySession, router } from "../procedure";

/** What the workspace's tier allows, with the operator's changes; answered as `workspace.plan`. */
const figuresShape = z.object({
  requests_per_minute: z.int(),
  requests_per_day: z.int(),
  ioc_lookback_days: z.int(),
  article_lookback_days: z.int(),
  results_per_request: z.int().nullable(),
  keys: z.int(),
  formats: z.array(z.enum(formats)),
  scopes: z.array(z.enum(scopes)),
});

const membership = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  tier: z.enum(tierNames),
  role: z.enum(roles),
});

export const meShape = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), two_factor_enabled: z.boolean() }),
  /** The workspace that the session acts in. */
  workspace: membership.omit({ role: true }).extend({
    plan: figuresShape,
    leak_policy: z.enum(leakPolicies),
    /** Null where none was ever set: then nothing else about it needs to be asked. */
    key_policy: keyPolicyShape.nullable(),
  }),
  role: z.enum(roles),
  /** What the role allows beyond reading. */
  rights: z.array(z.enum(rights)),
  operator: z.boolean(),
  session_id: z.string(),
  /** Whether the session is by the workspace's single sign-on, which reaches nothing of the person's own. */
  workspace_only: z.boolean(),
  workspaces: z.array(membership),
});

export const meRouter = router({
  get: bySession()
    .output(meShape)
    .query(async ({ ctx }) => {
      const { caller } = ctx;
      const user = await ctx.db.user.findUniqueOrThrow({
        where: { id: caller.userId },
        select: { twoFactorEnabled: true },
      });
      const session = await ctx.db.session.findUnique({
        where: { id: caller.sessionId },
        select: { createdAt: true, ssoProviderId: true, ssoWorkspaceId: true },
      });
      if (!session) throw new AppError("invalid_session");
      const all = await ctx.db.member.findMany({
        where: { userId: caller.userId, workspace: { suspendedAt: null } },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        select: {
          role: true,
          workspace: {
            select: {
              id: true,
              name: true,
              slug: true,
              tier: true,
              leakPolicy: true,
              keyPolicy: true,
              requiredProviderId: true,
            },
          },
        },
      });
      const members = all.filter(({ workspace }) => reaches({ ...session, operator: caller.operator }, workspace));
      const workspaces = members.map(({ role, workspace: { id, name, slug, tier } }) => ({
        id,
        name,
        slug,
        tier: tierNameOf(tier),
        role: roleOf(role),
      }));
      const current = workspaces.find((workspace) => workspace.id === caller.workspaceId);
      if (!current) throw new AppError("invalid_session");
      const { tier } = caller;
      return {
        user: { id: caller.userId, name: caller.name, email: caller.email, two_factor_enabled: user.twoFactorEnabled },
        workspace: {
          id: current.id,
          name: current.name,
          slug: current.slug,
          tier: tier.name,
          ...policiesOf(members.find(({ workspace }) => workspace.id === current.id)?.workspace),
          plan: {
            requests_per_minute: tier.requestsPerMinute,
            requests_per_day: tier.requestsPerDay,
            ioc_lookback_days: tier.iocLookbackDays,
            article_lookback_days: tier.articleLookbackDays,
            results_per_request: tier.resultsPerRequest,
            keys: tier.keys,
            formats: [...tier.formats],
            scopes: [...tier.scopes],
          },
        },
        role: caller.role,
        rights: rights.filter((right) => hasRight(caller.role, right)),
        operator: caller.operator,
        session_id: caller.sessionId,
        workspace_only: session.ssoWorkspaceId !== null,
        workspaces,
      };
    }),
});

function policiesOf(workspace: { leakPolicy: string; keyPolicy: unknown } | undefined) {
  const keyPolicy: KeyPolicy | null = workspace?.keyPolicy ? keyPolicyOf(workspace.keyPolicy) : null;
  return { leak_policy: leakPolicyOf(workspace?.leakPolicy ?? ""), key_policy: keyPolicy };
}
