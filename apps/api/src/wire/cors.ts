// Fetch standard, section 3.2 (CORS protocol). For data routes with keys; never with credentials of a browser.
import type { FastifyReply, FastifyRequest } from "fastify";

/** What a page may read of an answer beside its body. */
const exposed = [
  "Content-Disposition",
  "ETag",
  "Link",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-Next-Cursor",
  "X-RateLimit-Limit",
  "X-RateLimit-Remaining",
  "X-RateLimit-Reset",
  "X-Request-Id",
  "X-TAXII-Date-Added-First",
  "X-TAXII-Date-Added-Last",
].join(", ");

const requestHeaders = "Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match, X-API-Key";

/** Lets a page of a named origin read the answer. Adds `Vary` for every origin, since caches must tell them apart. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): boolean {
  if (origins.length === 0) return false;
  const vary = reply.getHeader("vary");
  reply.header("vary", vary === undefined ? "Origin" : `${String(vary)}, Origin`);
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  reply.headers({
    "access-control-allow-origin": origin,
    "access-control-expose-headers": exposed,
    "cross-origin-resource-policy": "cross-origin",
  });
  return true;
}

/** What a browser asks for before it sends a key. */
export function answerPreflight(reply: FastifyReply, methods: readonly string[]): void {
  reply.headers({
    "access-control-allow-methods": methods.join(", "),
    "access-control-allow-headers": requestHeaders,
    "access-control-max-age": "7200",
  });
}
