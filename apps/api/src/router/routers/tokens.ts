import {
  createdTokenShape,
  createToken,
  createTokenInput,
  listTokens,
  revokeToken,
  revokeTokenInput,
  tokenListShape,
  tokenShape,
} from "@tocsin/core/tokens";
import { z } from "zod";
import { bySession, router } from "../procedure";

/** Management tokens, for the dashboard alone: no token makes another. */
export const tokensRouter = router({
  list: bySession({ right: "tokens:write" })
    .output(tokenListShape)
    .query(({ ctx }) => listTokens(ctx)),

  create: bySession({ right: "tokens:write" })
    .input(createTokenInput)
    .output(createdTokenShape)
    .mutation(({ ctx, input }) => createToken(ctx, input)),

  revoke: bySession({ right: "tokens:write" })
    .input(revokeTokenInput)
    .output(z.object({ data: tokenShape }))
    .mutation(({ ctx, input }) => revokeToken(ctx, input)),
});
