import { lookupInput, lookupIoc, lookupShape } from "@tocsin/core/lookup";
import { byKey, router } from "../trpc";

export const lookupRouter = router({
  byValue: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/lookup",
      operationId: "lookupIOC",
      tag: "Lookup",
      summary: "Look one indicator up",
      description:
        "All that the feeds say of one value: who reported it and when, how risky it is and why, and how to hunt for it. The type is detected unless it is given. No record is an answer with `found: false`, and does not mean that the value is safe.",
      errors: ["invalid_parameter"],
    },
  })
    .input(lookupInput)
    .output(lookupShape)
    .query(({ ctx, input }) => lookupIoc(ctx, input)),
});
