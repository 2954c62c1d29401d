import { authorizeFormat, formats } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import { z } from "zod";
import { exportGroups } from "../../exports/catalog";
import { describeExports, exportShape, previewExport, previewShape } from "../../exports/describe-exports";
import { bySession, router } from "../procedure";

const previewInput = z.object({
  format: z.enum(formats),
  /** What the request's query string would say. */
  query: z.record(z.string().max(40), z.string().max(2_000)).default({}),
});

export const exportsRouter = router({
  list: bySession()
    .output(z.object({ groups: z.array(z.enum(exportGroups)), data: z.array(exportShape) }))
    .query(({ ctx }) => ({ groups: [...exportGroups], data: describeExports(ctx.caller) })),

  preview: bySession()
    .input(previewInput)
    .output(previewShape)
    .query(async ({ ctx, input }) => {
      const allowed = authorizeFormat(ctx.caller, input.format);
      if (!allowed.allowed) throw new AppError(allowed.code, allowed.details ? { details: allowed.details } : {});
      const preview = await previewExport(ctx, input.format, input.query);
      if (preview === null) throw new AppError("not_found");
      return preview;
    }),
});
