import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { encode, encodingOf } from "./encoding";

/** Characters below which compressing costs more than it saves. */
const leastCompressed = 4_000;
const texts = /^(?:application\/json|text\/html)\b/;

/**
 * What is sent for an answer: its text compressed where that pays and the client reads it. Only of reading requests: the
 * answers to others may hold a secret beside what a client has sent, which their length would then tell.
 */
export function compressAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== "string" || payload.length < leastCompressed) return payload;
  if (request.method !== "GET" && request.method !== "HEAD") return payload;
  if (!texts.test(String(reply.getHeader("content-type"))) || reply.hasHeader("content-encoding")) return payload;
  // Its mark is that of the text as it is.
  if (reply.hasHeader("etag")) return payload;
  const vary = reply.getHeader("vary");
  if (!/accept-encoding/i.test(String(vary)))
    reply.header("vary", vary === undefined ? "Accept-Encoding" : `${String(vary)}, Accept-Encoding`);
  const encoding = encodingOf(request.headers["accept-encoding"]);
  if (encoding === null) return payload;
  reply.header("content-encoding", encoding).removeHeader("content-length");
  return encode(Readable.from([payload]), encoding);
}
