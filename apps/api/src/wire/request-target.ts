// RFC 9112 section 3.2: the request target and Host.
import type { IncomingMessage } from "node:http";
import { AppError } from "@tocsin/core/errors";

const absolute = /^https?:\/\/([^/?#]*)(?=[/?#]|$)/i;

/** The path and query of a target, which may be a whole address. */
export function pathOf(target: string): string {
  if (target.startsWith("/") || !absolute.test(target)) return target;
  return target.replace(absolute, "").replace(/^(?!\/)/, "/");
}

/** What the router reads of a request. A whole address names the host too, before `Host` does. */
export function pathOfRequest(request: { url?: string | undefined; headers?: unknown }): string {
  const { url = "/" } = request;
  if (url.startsWith("/")) return url;
  const host = absolute.exec(url)?.[1];
  if (host !== undefined && request.headers) (request.headers as IncomingMessage["headers"]).host = host;
  return pathOf(url);
}

/** Throws `not_found` for a parameter of a path that holds a NUL character (`%00`): nothing has such a name. */
export function requirePlainPath(params: unknown): void {
  if (Object.values(params ?? {}).some((value) => typeof value === "string" && value.includes("\0")))
    throw new AppError("not_found");
}

/** Throws `malformed_request` for HTTP/1.1 without `Host`, and for two of them, of which others would believe the other. */
export function requireOneHost({ rawHeaders, httpVersion }: Pick<IncomingMessage, "rawHeaders" | "httpVersion">): void {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  if (hosts === 1 || (hosts === 0 && httpVersion !== "1.1")) return;
  throw new AppError("malformed_request", {
    message: hosts === 0 ? "An HTTP/1.1 request names its Host." : "A request names its Host once.",
  });
}
