import { auditListShape, listEvents, listEventsInput } from "@tocsin/core/audit";
import { bySession, router } from "../procedure";

export const auditRouter = router({
  list: bySession({
    right: "audit:read",
    rest: {
      method: "GET",
      path: "/api/v1/audit",
      operationId: "listAuditEvents",
      tag: "Audit",
      summary: "Read the audit log",
      description:
        "Who did what to what, when, from where and why, newest first. Events are only ever added. Owners and admins of the workspace may read them. `format=csv` and `format=ndjson` stream all that the filters leave as a file, whatever `limit` and `cursor` say. `seq` and `hash` are the event's place in the workspace's chain: `tocsin audit verify` walks along it.",
      errors: ["invalid_parameter", "insufficient_role"],
    },
  })
    .input(listEventsInput)
    .output(auditListShape)
    .query(({ ctx, input }) => listEvents(ctx, input)),
});
