import { authorize } from "@tocsin/core/access";
import {
  type ArticleField,
  type ArticleFormat,
  listArticlesInput,
  openArticles,
  type ShownArticle,
} from "@tocsin/core/articles";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { csvRow } from "@tocsin/formats";
import type { FileForm } from "../router/file-form";
import { inLongLane } from "../router/parts";
import { formatByAccept } from "../wire/accept";
import { checkText } from "../wire/check-text";
import { fileOf } from "../wire/file-of";

type FileFormat = Exclude<ArticleFormat, "json">;
type Pages = AsyncIterable<readonly ShownArticle[]>;
type Writer = { contentType: string; write: (pages: Pages, fields: readonly ArticleField[]) => AsyncIterable<string> };

const writers: Record<FileFormat, Writer> = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", write: writeCsv },
  ndjson: { contentType: "application/x-ndjson; charset=utf-8", write: writeLines },
};

const contentTypes = { csv: writers.csv.contentType, ndjson: writers.ndjson.contentType };

/** `GET /api/v1/articles` as a file: `format=csv|ndjson`, or an Accept header that names one. */
export const articleDocument: FileForm = async ({ ctx, input, accept }) => {
  const format = input.format ?? formatByAccept(accept, contentTypes);
  if (format !== "csv" && format !== "ndjson") return null;
  const { caller } = ctx;
  if (caller?.kind !== "key") throw new AppError("missing_api_key");
  const allowed = authorize(caller, { by: "key", scope: "read:articles:export", format, cost: 0 });
  if (!allowed.allowed) throw new AppError(allowed.code, allowed.details ? { details: allowed.details } : {});
  await ctx.meter?.beginExport();
  checkText(input);
  const parsed = listArticlesInput.safeParse({ ...input, format });
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const found = await openArticles(inLongLane({ ...ctx, caller }), parsed.data);
  const stamp = ctx.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return fileOf({
    chunks: () => writers[format].write(found.pages(), found.fields),
    records: found.records,
    contentType: writers[format].contentType,
    fileName: `articles-${stamp}Z.${format}`,
    ...(found.nextCursor === null ? {} : { headers: { "x-next-cursor": found.nextCursor } }),
  });
};

async function* writeCsv(pages: Pages, fields: readonly ArticleField[]): AsyncGenerator<string> {
  yield csvRow(fields);
  for await (const page of pages) {
    yield page.map((article) => csvRow(fields.map((field) => cellOf(article[field])))).join("");
  }
}

type Value = ShownArticle[ArticleField];

/** Lists are joined by `;`, which becomes a comma inside of an entry; indicators are `type:value`. */
function cellOf(value: Value): string {
  if (value === undefined) return "";
  if (!Array.isArray(value)) return String(value);
  return value.map((entry) => wordOf(entry).replaceAll(";", ",")).join(";");
}

function wordOf(entry: string | { type: string; value: string } | { id: string; name: string }): string {
  if (typeof entry === "string") return entry;
  return "value" in entry ? `${entry.type}:${entry.value}` : entry.id;
}

async function* writeLines(pages: Pages): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((article) => `${JSON.stringify(article)}\n`).join("");
}
