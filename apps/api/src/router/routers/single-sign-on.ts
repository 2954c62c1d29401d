import {
  getProvider,
  getProviderToTest,
  type ProviderOf,
  providerAnswerShape,
  removeProvider,
  saveProvider,
  saveProviderInput,
  verifyDomain,
  verifyDomainInput,
} from "@tocsin/core/single-sign-on";
import { z } from "zod";
import { testProvider } from "../../accounts/sso/open-id";
import { guardOf } from "../../accounts/sso/routes";
import { bySession, router } from "../procedure";

const tested = z.object({
  data: z.object({
    ok: z.boolean(),
    /** Why a sign-in cannot begin; null where it can. */
    problem: z.string().nullable(),
    authorization_endpoint: z.string().nullable(),
  }),
});

/** The identity provider of a workspace or of the instance, for the dashboard. */
function providerProcedures(of: ProviderOf) {
  const byReader = () => bySession(of === "instance" ? { operator: true } : { right: "workspace:write" });
  const byOwner = () => bySession(of === "instance" ? { operator: true } : { right: "sso:write" });
  return {
    get: byReader()
      .output(providerAnswerShape)
      .query(({ ctx }) => getProvider(ctx, of)),

    save: byOwner()
      .input(saveProviderInput)
      .output(providerAnswerShape)
      .mutation(({ ctx, input }) => saveProvider(ctx, of, input, ctx.parts.settings)),

    remove: byOwner()
      .output(z.object({ success: z.literal(true) }))
      .mutation(({ ctx }) => removeProvider(ctx, of)),

    test: byReader()
      .output(tested)
      .mutation(async ({ ctx }) => ({
        data: await testProvider(await getProviderToTest(ctx, of), guardOf(ctx.parts)),
      })),
  };
}

export const singleSignOnRouter = router({
  ...providerProcedures("workspace"),
  verifyDomain: bySession({ right: "sso:write" })
    .input(verifyDomainInput)
    .output(providerAnswerShape)
    .mutation(({ ctx, input }) => verifyDomain(ctx, input.domain)),
});

export const instanceSignOnRouter = router(providerProcedures("instance"));
