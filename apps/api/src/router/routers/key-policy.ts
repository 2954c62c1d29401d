import {
  collectKey,
  collectKeyInput,
  createdKeyShape,
  decideKeyRequest,
  decideKeyRequestInput,
  keyPolicyShape,
  keyRequestAnswerShape,
  keyRequestListShape,
  keyRequestPathInput,
  keysOffPolicyShape,
  listKeyRequests,
  listKeysOffPolicy,
  requestKey,
  requestKeyInput,
  setKeyPolicy,
  setKeyPolicyInput,
  withdrawKeyRequest,
} from "@tocsin/core/keys";
import { bySession, router } from "../procedure";

/** What the keys of a workspace must be like, for the dashboard, which reads it with `me.get`. */
export const keyPolicyRouter = router({
  set: bySession({ right: "workspace:write" })
    .input(setKeyPolicyInput)
    .output(keyPolicyShape)
    .mutation(({ ctx, input }) => setKeyPolicy(ctx, input)),

  violations: bySession({ right: "keys:read" })
    .output(keysOffPolicyShape)
    .query(({ ctx }) => listKeysOffPolicy(ctx)),
});

/** Keys that a second person has to approve, for the dashboard. */
export const keyRequestsRouter = router({
  list: bySession({ right: "keys:read" })
    .output(keyRequestListShape)
    .query(({ ctx }) => listKeyRequests(ctx)),

  create: bySession({ right: "keys:write" })
    .input(requestKeyInput)
    .output(keyRequestAnswerShape)
    .mutation(({ ctx, input }) => requestKey(ctx, input)),

  decide: bySession({ right: "keys:write" })
    .input(decideKeyRequestInput)
    .output(keyRequestAnswerShape)
    .mutation(({ ctx, input }) => decideKeyRequest(ctx, input)),

  withdraw: bySession({ right: "keys:write" })
    .input(keyRequestPathInput)
    .output(keyRequestAnswerShape)
    .mutation(({ ctx, input }) => withdrawKeyRequest(ctx, input)),

  collect: bySession({ right: "keys:write" })
    .input(collectKeyInput)
    .output(createdKeyShape)
    .mutation(({ ctx, input }) => collectKey(ctx, input)),
});
