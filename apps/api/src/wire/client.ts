import type { Origin } from "@tocsin/core/context";
import { createBoundedMap } from "@tocsin/core/lib";
import { formatAddress, parseAddress } from "@tocsin/core/values";
import type { FastifyRequest } from "fastify";

/** Most requests come from an address that has just been read. */
const read = createBoundedMap<string | null>(10_000);

/** The client's address: the peer's, or what a trusted proxy says. Null when that is no address. */
export function clientAddress(request: FastifyRequest): string | null {
  const text = request.ip ?? "";
  const known = read.get(text);
  if (known !== undefined) return known;
  const address = parseAddress(text);
  const plain = address ? formatAddress(address) : null;
  read.set(text, plain);
  return plain;
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

/**
 * The id that a trusted proxy gave the request, so that its log and ours can be read together; null where there is none,
 * where it is no plain word, or where it holds what may be a key.
 */
export function proxyRequestId(request: Pick<FastifyRequest, "headers" | "ips">, keyPrefix: string): string | null {
  const id = request.headers["x-request-id"];
  if (typeof id !== "string" || !/^[\w.:+/=@-]{1,128}$/.test(id) || id.includes(keyPrefix)) return null;
  // Of an address that is trusted there is another one behind it.
  return (request.ips?.length ?? 0) > 1 ? id : null;
}

export function isUnsafe(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/**
 * Whether a request was made by a program of this machine: from a loopback address, under a name that only this machine
 * answers to (a foreign page's DNS cannot point it here), and through no proxy. A proxy on the same host makes everyone's
 * requests come from loopback, so none is trusted once the instance has a public address, trusts a proxy, or the request
 * carries what proxies add.
 */
export function isFromLoopback(
  request: Pick<FastifyRequest, "headers" | "socket">,
  { publicUrl, trustProxy }: { publicUrl: string; trustProxy: readonly string[] },
): boolean {
  const names = Object.keys(request.headers);
  return (
    /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? "") &&
    isLoopbackName((request.headers.host ?? "").replace(/:\d+$/, "")) &&
    isLoopbackName(new URL(publicUrl).hostname) &&
    trustProxy.length === 0 &&
    !names.some((name) => addedByProxies.test(name))
  );
}

function isLoopbackName(host: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(host.toLowerCase());
}

/** Header fields that proxies and content delivery networks add; RFC 7239 and RFC 9110 section 7.6.3 name the first two. */
const addedByProxies =
  /^(?:forwarded|via|x-forwarded(?:-.+)?|x-original(?:-.+)?|x-real-(?:ip|port)|x-(?:client|cluster-client|remote|proxyuser)-(?:ip|addr)|x-envoy-.+|true-client-ip|client-ip|cf-.+|fastly-.+|cdn-loop|x-(?:amzn|azure|cloud|appengine)-.+|x-forward(?:ed)?|x-proxy-.+|x-scheme|front-end-https|proxy-connection)$/;

/** They describe the body as it came over the wire; what reads it next gets it whole and unpacked. */
const ofTheBody: ReadonlySet<string> = new Set(["content-length", "content-encoding", "transfer-encoding"]);

/** The request's headers, with the client's address as the gate saw it in the one place where better-auth looks. */
export function clientHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (ofTheBody.has(name) || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set("x-tocsin-client-ip", request.ip);
  headers.set("x-tocsin-request-id", request.id);
  return headers;
}
