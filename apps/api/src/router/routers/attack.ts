import { describeAttack } from "@tocsin/core/attack";
import { z } from "zod";
import { bySession, router } from "../procedure";

/** Techniques that one record keeps, at most. */
const mostIds = 50;

export const attackRouter = router({
  names: bySession()
    .input(z.object({ ids: z.array(z.string().max(10)).max(mostIds) }))
    .output(z.array(z.object({ id: z.string(), name: z.string().nullable(), tactics: z.array(z.string()) })))
    .query(({ input }) => input.ids.map(describeAttack)),
});
