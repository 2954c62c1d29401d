import {
  leakPolicyInput,
  leakPolicyShape,
  revokeLeakedInput,
  revokeLeakedShape,
  setLeakPolicy,
} from "@tocsin/core/leaks";
import { bySession, open, router } from "../procedure";

export const leaksRouter = router({
  revoke: open({
    rest: {
      method: "POST",
      path: "/api/v1/keys/revoke-leaked",
      operationId: "revokeLeakedKeys",
      endsAccess: true,
      tag: "Leaked Keys",
      summary: "Report leaked secrets",
      description:
        "For whoever has found secrets of this instance: keys and management tokens, at most 100 a request, without a credential. What they open is revoked, or its owner is told, as their workspace wishes. The answer says how many came and is the same whether any was real. Limited to 20 reports a minute from one address.",
      status: 202,
      errors: [
        "invalid_parameter",
        "malformed_body",
        "payload_too_large",
        "unsupported_media_type",
        "cross_site_request",
      ],
    },
  })
    .input(revokeLeakedInput)
    .output(revokeLeakedShape)
    .mutation(async ({ ctx, input }) => {
      await ctx.parts.leaks.receive(ctx, input);
      return { data: { received: input.secrets.length } };
    }),

  setPolicy: bySession({ right: "workspace:write" })
    .input(leakPolicyInput)
    .output(leakPolicyShape)
    .mutation(({ ctx, input }) => setLeakPolicy(ctx, input)),
});
