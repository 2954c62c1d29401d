import { AppError, invalidInput } from "@tocsin/core/errors";
import {
  keyUsageInput,
  requireKey,
  streamUsage,
  type UsageRecord,
  type UsageScope,
  workspaceUsageInput,
} from "@tocsin/core/usage";
import { csvRow } from "@tocsin/formats";
import type { ApiContext } from "../router/context";
import type { FileForm } from "../router/file-form";
import { inLongLane } from "../router/parts";
import { checkText } from "../wire/check-text";
import { fileOf } from "../wire/file-of";

/** `GET /api/v1/keys/{keyId}/usage?format=csv`. */
export const keyUsageDocument: FileForm = async ({ ctx, input }) => {
  if (input.format !== "csv") return null;
  const { caller } = ctx;
  if (caller?.kind !== "session") throw new AppError("missing_session");
  checkText(input);
  const parsed = keyUsageInput.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const keyId = await requireKey({ ...ctx, caller }, parsed.data.keyId);
  return usageFile(ctx, { keyId }, parsed.data.days, `usage-${keyId}`);
};

/** `GET /api/v1/usage?format=csv`. */
export const workspaceUsageDocument: FileForm = async ({ ctx, input }) => {
  if (input.format !== "csv") return null;
  const { caller } = ctx;
  if (caller?.kind !== "session") throw new AppError("missing_session");
  checkText(input);
  const parsed = workspaceUsageInput.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  return usageFile(ctx, { workspaceId: caller.workspaceId }, parsed.data.days, "usage");
};

function usageFile(ctx: ApiContext, scope: UsageScope, days: number, name: string) {
  return fileOf({
    chunks: () => write(streamUsage(inLongLane(ctx), scope, days)),
    contentType: "text/csv; charset=utf-8; header=present",
    fileName: `${name}-${ctx.now().toISOString().slice(0, 10)}-${days}-days.csv`,
  });
}

const columns = {
  date: (row) => row.date,
  key_id: (row) => row.keyId,
  key_name: (row) => row.keyName,
  owner: (row) => row.owner ?? "",
  path: (row) => row.path,
  status: (row) => String(row.status),
  requests: (row) => String(row.requests),
  avg_response_time_ms: (row) => String(row.avgMs),
  latency_p95_ms: (row) => String(row.p95Ms),
} satisfies Record<string, (row: UsageRecord) => string>;

const cells = Object.values(columns);

async function* write(pages: AsyncIterable<UsageRecord[]>): AsyncGenerator<string> {
  yield csvRow(Object.keys(columns));
  for await (const page of pages) yield page.map((row) => csvRow(cells.map((cell) => cell(row)))).join("");
}
