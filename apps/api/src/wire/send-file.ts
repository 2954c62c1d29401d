// RFC 9110 section 13: conditional requests.
import type { FastifyReply, FastifyRequest } from "fastify";
import { encode, encodingOf } from "./encoding";
import type { FileAnswer } from "./file-of";
import { readQuery } from "./query";

/** Sends a file, compressed where the client asks for it; 304 without reading it where the client has it already. */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { headers, open, version }: FileAnswer,
): Promise<FastifyReply> {
  const encoding = encodingOf(request.headers["accept-encoding"]);
  const etag = version ? `"${version.tag}${encoding === null ? "" : `-${encoding}`}"` : null;
  const modified = version?.lastModified?.toUTCString();
  const kept = {
    vary: "Accept, Accept-Encoding",
    "cache-control": etag !== null && !hasSecret(request) ? "private, no-cache" : "no-store",
    ...(etag === null ? {} : { etag }),
    ...(modified === undefined ? {} : { "last-modified": modified }),
  };
  if (etag !== null && isKnown(request, etag, version?.lastModified ?? null)) {
    return reply.code(304).headers(kept).send();
  }
  const whole = { ...headers, ...kept, ...(encoding === null ? {} : { "content-encoding": encoding }) };
  if (request.method === "HEAD") return reply.headers(whole).send();
  // Opened before a field is set: what goes wrong here is an error answer of its own.
  const body = await open();
  return reply.headers(whole).send(encode(body, encoding));
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
