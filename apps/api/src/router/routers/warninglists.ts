import {
  allowedListShape,
  allowValue,
  allowValueInput,
  forbidValue,
  forbidValueInput,
  listAllowed,
  listWarninglists,
  warninglistPageShape,
} from "@tocsin/core/warninglists";
import { bySession, router } from "../procedure";

export const warninglistsRouter = router({
  list: bySession({
    rest: {
      method: "GET",
      path: "/api/v1/warninglists",
      operationId: "listWarninglists",
      tag: "Warninglists",
      summary: "List the warninglists",
      description:
        "The lists of values that are most probably harmless, what being on each of them does, and how many stored indicators each marks.",
    },
  })
    .output(warninglistPageShape)
    .query(({ ctx }) => listWarninglists(ctx)),

  allowed: bySession()
    .output(allowedListShape)
    .query(({ ctx }) => listAllowed(ctx)),

  allow: bySession({ operator: true })
    .input(allowValueInput)
    .output(allowedListShape)
    .mutation(({ ctx, input }) => allowValue(ctx, input)),

  forbid: bySession({ operator: true })
    .input(forbidValueInput)
    .output(allowedListShape)
    .mutation(({ ctx, input }) => forbidValue(ctx, input)),
});
