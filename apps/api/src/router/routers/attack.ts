import { describeAttack, getTechnique, getTechniqueInput, techniqueShape } from "@tocsin/core/attack";
import { z } from "zod";
import { byKey, bySession, router } from "../procedure";

/** Techniques that one record keeps, at most. */
const mostIds = 50;

export const attackRouter = router({
  technique: byKey({
    scope: "read:iocs",
    rest: {
      method: "GET",
      path: "/api/v1/attack/techniques/:technique",
      operationId: "getATTACKTechnique",
      tag: "Lookup",
      summary: "Explain an ATT&CK technique",
      description:
        "Name, tactics, matrix and sub-techniques of a technique of MITRE ATT&CK, as this instance knows it. An id that ATT&CK has revoked leads to what took its place, and `replaces` says so.",
      errors: ["not_found"],
    },
  })
    .input(getTechniqueInput)
    .output(techniqueShape)
    .query(({ ctx, input }) => getTechnique(ctx, input)),

  names: bySession()
    .input(z.object({ ids: z.array(z.string().max(10)).max(mostIds) }))
    .output(z.array(z.object({ id: z.string(), name: z.string().nullable(), tactics: z.array(z.string()) })))
    .query(({ input }) => input.ids.map(describeAttack)),
});
