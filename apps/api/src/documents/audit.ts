import {
  type AuditEvent,
  type AuditFormat,
  appendEvent,
  listEventsInput,
  type OcsfSource,
  pullEventsInput,
  streamEvents,
  streamPulledEvents,
  toOcsf,
} from "@tocsin/core/audit";
import { AppError, invalidInput } from "@tocsin/core/errors";
import { csvRow } from "@tocsin/formats";
import { version } from "../process/version";
import type { FileForm } from "../router/file-form";
import { inLongLane } from "../router/parts";
import { checkText } from "../wire/check-text";
import { fileOf } from "../wire/file-of";

type Writer = { contentType: string; write: (pages: AsyncIterable<AuditEvent[]>) => AsyncIterable<string> };

const writers: Record<Exclude<AuditFormat, "json">, Writer> = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", write: writeCsv },
  ndjson: { contentType: "application/x-ndjson; charset=utf-8", write: writeLines },
};

/** `GET /api/v1/audit?format=csv|ndjson`: all that the filters leave, as a file. */
export const auditDocument: FileForm = async ({ ctx, input }) => {
  if (input.format === undefined || input.format === "json") return null;
  const { caller } = ctx;
  // The gate has let an admin in, as the route of the procedure says.
  if (caller?.kind !== "session") throw new AppError("missing_session");
  checkText(input);
  const parsed = listEventsInput.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const { format } = parsed.data;
  if (format === "json") return null;
  const { limit: _, cursor: __, ...filters } = parsed.data;
  const details = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  await appendEvent({ ...ctx, caller }, { action: "audit.export", details });
  const stamp = ctx.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return fileOf({
    chunks: () => writers[format].write(streamEvents(inLongLane({ ...ctx, caller }), parsed.data)),
    contentType: writers[format].contentType,
    fileName: `audit-${stamp}Z.${format}`,
  });
};

const columns = {
  seq: (event) => String(event.seq ?? ""),
  id: (event) => event.id,
  at: (event) => event.at,
  action: (event) => event.action,
  outcome: (event) => event.outcome,
  actor_type: (event) => event.actor.type,
  actor_id: (event) => event.actor.id ?? "",
  actor_name: (event) => event.actor.name ?? "",
  ip: (event) => event.ip ?? "",
  user_agent: (event) => event.user_agent ?? "",
  request_id: (event) => event.request_id ?? "",
  target_type: (event) => event.target?.type ?? "",
  target_id: (event) => event.target?.id ?? "",
  target_name: (event) => event.target?.name ?? "",
  reason: (event) => event.reason ?? "",
  details: (event) => (event.details ? JSON.stringify(event.details) : ""),
  hash: (event) => event.hash ?? "",
} satisfies Record<string, (event: AuditEvent) => string>;

const cells = Object.values(columns);

async function* writeCsv(pages: AsyncIterable<AuditEvent[]>): AsyncGenerator<string> {
  yield csvRow(Object.keys(columns));
  for await (const page of pages) yield page.map((event) => csvRow(cells.map((cell) => cell(event)))).join("");
}

/** `GET /api/v1/manage/audit?format=ndjson|ocsf`: all events after the cursor, oldest first. It adds no event: a poller would pull itself for ever. */
export const pulledAuditDocument: FileForm = async ({ ctx, input }) => {
  if (input.format === undefined || input.format === "json") return null;
  const { caller } = ctx;
  if (caller?.kind !== "token") throw new AppError("missing_token");
  checkText(input);
  const parsed = pullEventsInput.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error, "query");
  const { format } = parsed.data;
  if (format === "json") return null;
  const source = { instance: ctx.instance.name, version, workspaceId: caller.workspaceId };
  const events = streamPulledEvents({ ...ctx, caller }, parsed.data);
  return fileOf({
    chunks: () => (format === "ocsf" ? writeOcsf(events, source) : writeLines(events)),
    contentType: writers.ndjson.contentType,
    fileName: `audit.${format === "ocsf" ? "ocsf." : ""}ndjson`,
  });
};

async function* writeOcsf(pages: AsyncIterable<AuditEvent[]>, source: OcsfSource): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((event) => `${JSON.stringify(toOcsf(event, source))}\n`).join("");
}

async function* writeLines(pages: AsyncIterable<AuditEvent[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((event) => `${JSON.stringify(event)}\n`).join("");
}
