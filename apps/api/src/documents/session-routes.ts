import { authorizeFormat } from "@tocsin/core/access";
import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance } from "fastify";
import type { Deps } from "../deps";
import { exportsById } from "../exports/exports";
import { iocFile } from "../exports/ioc-file";
import type { Parts } from "../router/context";
import { contextOf, inLongLane } from "../router/parts";
import { checkText } from "../wire/check-text";
import { isCrossSite } from "../wire/client";
import { mergeInput } from "../wire/input";
import { readQuery } from "../wire/query";
import { sendFile } from "../wire/send-file";

/** `/api/exports/<format>`: the exports for the dashboard's own page, under the session's tier. */
export async function sessionExportRoutes(
  app: FastifyInstance,
  { deps, parts }: { deps: Deps; parts: Parts },
): Promise<void> {
  app.get<{ Params: { format: string } }>(
    "/api/exports/:format",
    { config: { access: { by: "session" }, long: true } },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      // A link on another site would make the server work.
      if (isCrossSite(request, deps.settings.publicUrl)) throw new AppError("cross_site_request");
      const of = exportsById.get(request.params.format);
      if (!of) throw new AppError("not_found");
      const ctx = contextOf(deps, parts, "rest", request);
      const { caller } = ctx;
      if (caller?.kind !== "session") throw new AppError("missing_session");
      const allowed = authorizeFormat(caller, of.id);
      if (!allowed.allowed) throw new AppError(allowed.code, allowed.details ? { details: allowed.details } : {});
      const known = new Set(Object.keys(of.input.shape));
      const query = mergeInput({ known, params: {}, query: readQuery(request.raw.url ?? ""), body: undefined });
      checkText(query);
      await ctx.meter?.beginExport();
      return sendFile(
        request,
        reply,
        await iocFile(inLongLane({ ...ctx, caller }), { name: of.id, ...of.read(query) }),
      );
    },
  );
}
