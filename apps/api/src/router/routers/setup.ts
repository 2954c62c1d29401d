import { z } from "zod";
import { isSetupNeeded } from "../../accounts/setup";
import { open, router } from "../procedure";

export const setupRouter = router({
  state: open()
    .output(
      z.object({
        needed: z.boolean(),
        signup: z.enum(["open", "closed"]),
        instance_name: z.string(),
        version: z.string(),
      }),
    )
    .query(async ({ ctx }) => ({
      needed: await isSetupNeeded(ctx.parts),
      signup: ctx.parts.settings.signup,
      instance_name: ctx.instance.name,
      version: ctx.parts.version,
    })),
});
