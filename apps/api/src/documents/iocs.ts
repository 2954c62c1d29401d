import { authorize, formatRules } from "@tocsin/core/access";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { type ListIocsInput, listIocsInput } from "@tocsin/core/iocs";
import { documentFormats } from "@tocsin/formats";
import { iocFile } from "../exports/ioc-file";
import type { FileForm } from "../router/file-form";
import { inLongLane } from "../router/parts";
import { formatByAccept } from "../wire/accept";
import { checkText } from "../wire/check-text";

/** `GET /api/v1/iocs` as a file: `format=csv|txt|ndjson`, or an Accept header that names one. */
export const iocDocument: FileForm = async ({ ctx, input, accept }) => {
  const format = input.format ?? formatByAccept(accept, contentTypes);
  if (!isListFormat(format)) return null;
  const { caller } = ctx;
  if (caller?.kind !== "key") throw new AppError("missing_api_key");
  const allowed = authorize(caller, { by: "key", scope: formatRules[format].scope, format, cost: 0 });
  if (!allowed.allowed) throw new AppError(allowed.code, allowed.details ? { details: allowed.details } : {});
  await ctx.meter?.beginExport();
  checkText(input);
  const parsed = listIocsInput.safeParse({ ...input, format });
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  return iocFile(inLongLane({ ...ctx, caller }), {
    name: "iocs",
    document: documentFormats[format],
    options: format,
    input: parsed.data,
  });
};

type ListFormat = Exclude<ListIocsInput["format"], "json">;

const contentTypes: Readonly<Record<ListFormat, string>> = {
  csv: documentFormats.csv.contentType,
  txt: documentFormats.txt.contentType,
  ndjson: documentFormats.ndjson.contentType,
};

function isListFormat(format: unknown): format is ListFormat {
  return typeof format === "string" && Object.hasOwn(contentTypes, format);
}
