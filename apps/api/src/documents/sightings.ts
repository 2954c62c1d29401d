import { AppError, invalidInput } from "@tocsin/core/errors";
import { countSightings, listSightingsInput, streamSightings } from "@tocsin/core/reports";
import { mispSightings, stixSightings } from "@tocsin/formats";
import type { FileForm } from "../router/file-form";
import { inLongLane } from "../router/parts";
import { checkText } from "../wire/check-text";
import { fileOf } from "../wire/file-of";

const documents = { stix: stixSightings, misp: mispSightings } as const;

/** `GET /api/v1/sightings?format=stix|misp`: all that the workspace saw, as a file. */
export const sightingsDocument: FileForm = async ({ ctx, input }) => {
  if (input.format !== "stix" && input.format !== "misp") return null;
  const { caller } = ctx;
  if (caller?.kind !== "key") throw new AppError("missing_api_key");
  await ctx.meter?.beginExport();
  checkText(input);
  const parsed = listSightingsInput.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const call = inLongLane({ ...ctx, caller });
  const document = documents[input.format];
  return fileOf({
    chunks: () =>
      document.write(streamSightings(call, parsed.data), { instanceName: ctx.instance.name, now: ctx.now() }),
    contentType: document.contentType,
    fileName: `sightings-${ctx.now().toISOString().slice(0, 10)}.${document.extension}`,
    records: await countSightings(call, parsed.data),
  });
};
