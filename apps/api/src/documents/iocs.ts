import { authorize } from "@tocsin/core/access";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { findNextCursor, listIocsInput, streamIocs } from "@tocsin/core/iocs";
import { type DocumentFormatId, documentFormats } from "@tocsin/formats";
import type { OtherForm } from "../rest/adapter";
import { checkText } from "../trpc/check-text";
import { fileOf } from "./file-of";

/** `GET /api/v1/iocs` as a file: `format=csv|txt`, or an Accept header that names one. */
export const iocDocument: OtherForm = async ({ ctx, input, accept }) => {
  const format = input.format ?? formatOf(accept);
  if (!isDocumentFormat(format)) return null;
  const { caller } = ctx;
  if (caller?.kind !== "key") throw new AppError("missing_api_key");
  const allowed = authorize(caller, { by: "key", scope: "read:iocs", format, cost: 0 });
  if (!allowed.allowed) throw new AppError(allowed.code, allowed.details ? { details: allowed.details } : {});
  checkText(input);
  const parsed = listIocsInput.safeParse({ ...input, format });
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const document = documentFormats[format];
  const now = ctx.now();
  const reader = { ...ctx, caller };
  const nextCursor = await findNextCursor(reader, parsed.data);
  const pages = streamIocs(reader, parsed.data);
  const name = `iocs-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z.${document.extension}`;
  return fileOf({
    chunks: document.write(pages, { instanceName: ctx.instance.name, now }),
    contentType: document.contentType,
    fileName: name,
    ...(nextCursor === null ? {} : { headers: { "x-next-cursor": nextCursor } }),
  });
};

function isDocumentFormat(format: unknown): format is DocumentFormatId {
  return typeof format === "string" && Object.hasOwn(documentFormats, format);
}

/** What an Accept header asks for, where it names something that is not JSON. */
function formatOf(accept: string | undefined): DocumentFormatId | null {
  const types = (accept ?? "*/*").split(",").map((part) => part.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  for (const type of types) {
    if (type === "text/csv") return "csv";
    if (type === "text/plain") return "txt";
    if (["*/*", "application/*", "application/json", "text/*", "text/html", ""].includes(type)) return null;
  }
  throw new AppError("not_acceptable", { details: { available: ["application/json", "text/csv", "text/plain"] } });
}
