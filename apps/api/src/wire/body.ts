// RFC 8259 section 8.1: JSON is UTF-8. RFC 9110 section 8.4: content codings.
import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { AppError } from "@tocsin/core/errors";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Reads `application/json` bodies as text for `read`, in this scope alone: UTF-8, with a byte order mark or none. */
export function readJsonBodies(app: FastifyInstance, read: (text: string) => unknown): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, async (request: FastifyRequest, body: unknown) =>
    read(decodeText(request.headers["content-type"] ?? "", body as Buffer)),
  );
  // Many clients name a type for a body that they do not send; a key is revoked all the same.
  app.addContentTypeParser("*", (request, body, done) => {
    requireEmpty(request, body).then((empty) => done(null, empty), done);
  });
}

/** Throws `unsupported_media_type` with the first byte of a body of another type. */
function requireEmpty(request: FastifyRequest, body: Readable): Promise<undefined> {
  const refused = () => new AppError("unsupported_media_type");
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > 0) return reject(refused());
    body.on("data", (chunk: Buffer) => {
      if (chunk.length > 0) reject(refused());
    });
    body.on("end", () => resolve(undefined));
    body.on("error", reject);
  });
}

/** Throws `unsupported_media_type` for another charset, `malformed_body` for bytes that are no UTF-8. */
export function decodeText(contentType: string, body: Buffer): string {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]?.toLowerCase();
  if (charset !== undefined && !["utf-8", "utf8", "us-ascii"].includes(charset))
    throw new AppError("unsupported_media_type", { message: "JSON is read as UTF-8 alone." });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw new AppError("malformed_body", {
      message: "The request body is not UTF-8. A compressed one names its Content-Encoding.",
      cause,
    });
  }
}

const unpackers: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
};

/**
 * The body as its content coding hides it, at most `limit` bytes of it; null where there is nothing to unpack. Throws
 * `unsupported_media_type` for a coding that is not read here. What comes out fails with `malformed_body` or
 * `payload_too_large`.
 */
export function unpackBody(request: FastifyRequest, body: Readable, limit: number): Readable | null {
  const coding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const { "content-length": length, "transfer-encoding": transfer } = request.headers;
  if (coding === "identity" || coding === "" || (transfer === undefined && Number(length ?? 0) === 0)) return null;
  const unpacker = Object.hasOwn(unpackers, coding) ? unpackers[coding]?.() : undefined;
  if (!unpacker) {
    throw new AppError("unsupported_media_type", {
      message: "The request body's Content-Encoding is not one of gzip and br.",
    });
  }
  // An error of either reaches whoever reads what comes out.
  pipeline(body, unpacker, () => {});
  const unpacked = Readable.from(upTo(unpacker, limit), { objectMode: false });
  // Where a request is refused, what is left of its body is thrown away, and nobody asks what is wrong with it.
  for (const stream of [unpacker, unpacked]) stream.on("error", () => {});
  // Fastify compares this with Content-Length.
  return Object.defineProperty(unpacked, "receivedEncodedLength", { get: () => Number(length ?? 0) });
}

async function* upTo(source: Transform, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new AppError("payload_too_large");
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("malformed_body", {
      message: "The request body is not what its Content-Encoding says.",
      cause: error,
    });
  }
}
