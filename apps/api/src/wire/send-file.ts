// RFC 9110 section 13: conditional requests.
import { Readable } from "node:stream";
import { exportCost } from "@tocsin/core/access";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Encoding, encode, encodingOf } from "./encoding";
import type { FileAnswer } from "./file-of";
import { readQuery } from "./query";

/** Sends a file, compressed where the client asks for it; 304 without reading it where the client has it already. */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): Promise<FastifyReply> {
  const { headers, open, version } = file;
  const encoding = encodingOf(request.headers["accept-encoding"]);
  const kept = keptHeaders(request, version, encoding);
  const known = kept.etag !== undefined && isKnown(request, kept.etag, version?.lastModified ?? null);
  await chargeFile(request, known || request.method === "HEAD" ? 0 : (file.records ?? 0));
  if (known) {
    return reply.code(304).headers(kept).send();
  }
  const whole = { ...headers, ...kept, ...(encoding === null ? {} : { "content-encoding": encoding }) };
  // A stream, whose length is not known before it is read: without one Fastify would say that it is none.
  if (request.method === "HEAD") return reply.headers(whole).send(Readable.from([]));
  // Opened before a field is set: what goes wrong here is an error answer of its own.
  const body = await open();
  request.running?.until(body);
  return reply.headers(whole).send(encode(body, encoding));
}

/** How long and under which mark the answer may be kept. */
function keptHeaders(request: FastifyRequest, version: FileAnswer["version"], encoding: Encoding | null) {
  const etag = version ? `"${version.tag}${encoding === null ? "" : `-${encoding}`}"` : undefined;
  const modified = version?.lastModified?.toUTCString();
  return {
    vary: "Accept, Accept-Encoding",
    "cache-control": etag !== undefined && !hasSecret(request) ? "private, no-cache" : "no-store",
    ...(etag === undefined ? {} : { etag }),
    ...(modified === undefined ? {} : { "last-modified": modified }),
  };
}

/** Charges an export by the records that it is about to give; one that is refused has cost nothing. */
async function chargeFile({ auth: { due, meter } }: FastifyRequest, records: number): Promise<void> {
  if (due && meter) await meter.charge(exportCost(records, meter.most), { reads: true });
}

/** A key in the address: the answer must not be kept under it. */
export function hasSecret(request: FastifyRequest): boolean {
  return readQuery(request.raw.url ?? "").values.has("api_key");
}

/** If-None-Match says more than If-Modified-Since, which counts only without it. */
export function isKnown(
  { headers }: Pick<FastifyRequest, "headers">,
  etag: string,
  lastModified: Date | null,
): boolean {
  const none = headers["if-none-match"];
  if (none !== undefined) {
    const tags = none.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
    return tags.includes(etag) || tags.includes("*");
  }
  const since = Date.parse(headers["if-modified-since"] ?? "");
  if (Number.isNaN(since) || lastModified === null) return false;
  return Math.floor(lastModified.getTime() / 1_000) * 1_000 <= since;
}
