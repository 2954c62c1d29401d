import type { Origin } from "@tocsin/core/context";
import { formatAddress, parseAddress } from "@tocsin/core/values";
import type { FastifyRequest } from "fastify";

/** The client's address: the peer's, or what a trusted proxy says. Null when that is no address. */
export function clientAddress(request: FastifyRequest): string | null {
  const address = parseAddress(request.ip ?? "");
  return address ? formatAddress(address) : null;
}

export function originOf(request: FastifyRequest): Origin {
  const agent = request.headers["user-agent"];
  return { ip: clientAddress(request), userAgent: agent ? agent.slice(0, 300) : null, requestId: request.id };
}

/**
 * Whether a browser says that another site made this request. Both headers are out of a page's reach; a program that
 * sends neither holds its cookie itself.
 */
export function isCrossSite(request: Pick<FastifyRequest, "headers">, publicUrl: string): boolean {
  const { origin, host, "sec-fetch-site": site } = request.headers;
  if (typeof site === "string" && site !== "same-origin" && site !== "none") return true;
  if (origin === undefined) return false;
  return ![new URL(publicUrl).origin, `http://${host}`, `https://${host}`].includes(origin);
}

export function isUnsafe(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** No proxy in between, and a name that only this machine answers to: a foreign page's DNS cannot point it here. */
export function isFromLoopback(request: FastifyRequest): boolean {
  const peer = request.socket.remoteAddress ?? "";
  const host = (request.headers.host ?? "").replace(/:\d+$/, "");
  return (
    /^(::ffff:)?127\.|^::1$/.test(peer) &&
    ["localhost", "127.0.0.1", "[::1]"].includes(host) &&
    request.headers["x-forwarded-for"] === undefined &&
    request.headers.forwarded === undefined
  );
}

/** The request's headers, with the client's address as the gate saw it in the one place where better-auth looks. */
export function clientHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === "content-length" || name === "transfer-encoding" || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set("x-tocsin-client-ip", request.ip);
  headers.set("x-tocsin-request-id", request.id);
  return headers;
}
