import http from "node:http";
import https from "node:https";
import { noProxies, type Proxies } from "@tocsin/core/outbound";
import { FetchError, toFetchError } from "./fetch-error";
import type { FetchLimits } from "./limits";
import { publicLookup, requirePublicTarget, requirePublicUrl } from "./public-only";
import type { Target } from "./secret";

export type RequestOptions = { limits: FetchLimits; publicOnly: boolean; proxies?: Proxies | undefined };

/** The answer of the last hop, its body unread and as sent: Node's fetch would unpack it and pass over its cut end. */
export type Answer = { response: http.IncomingMessage; host: string };

/**
 * GET, following redirects; the target's own headers may hold the vendor's key and stay with its origin. `end` is aborted by the caller; this aborts it with a FetchError when a time-out passes, so
 * the body's reader hears of it too.
 */
export async function request(
  target: Target,
  headers: Record<string, string>,
  options: RequestOptions,
  end: AbortController,
): Promise<Answer> {
  const { limits } = options;
  let { url } = target;
  for (let hop = 0; hop <= limits.redirects; hop++) {
    const response = await send(
      url,
      { ...headers, ...(url.origin === target.url.origin ? target.headers : {}) },
      options,
      end,
    );
    const { location } = response.headers;
    if (!isRedirect(response.statusCode) || location === undefined) return { response, host: url.host };
    response.destroy();
    url = follow(url, location);
  }
  throw new FetchError(`${url.host} redirects more than ${limits.redirects} times`);
}

async function send(
  url: URL,
  headers: Record<string, string>,
  { limits, publicOnly, proxies = noProxies }: RequestOptions,
  end: AbortController,
): Promise<http.IncomingMessage> {
  if (publicOnly) requirePublicUrl(url);
  const agent = proxies.agentFor(url);
  if (publicOnly && agent) await requirePublicTarget(url);
  return new Promise((resolve, reject) => {
    const secure = url.protocol === "https:";
    const outgoing = (secure ? https : http).request(url, {
      headers,
      agent: agent ?? false,
      signal: end.signal,
      ...(publicOnly && !agent ? { lookup: publicLookup } : {}),
    });
    let through = false;
    const late =
      (what: string, unreachable = false) =>
      () =>
        end.abort(new FetchError(`${url.host} ${what}`, { passing: true, unreachable }));
    const connecting = setTimeout(late("could not be connected to in time", true), limits.connectMs);
    outgoing.once("socket", (socket) => {
      // The connection to a proxy stands already.
      through ||= !secure;
      if (!secure && !socket.connecting) clearTimeout(connecting);
      socket.once(secure ? "secureConnect" : "connect", () => clearTimeout(connecting));
      socket.setTimeout(limits.idleMs, late("stopped sending"));
    });
    outgoing.once("proxyConnect", ({ statusCode }: { statusCode?: number }) => {
      through = true;
      if (statusCode !== 200) end.abort(refusedByProxy(url, statusCode));
    });
    outgoing.once("close", () => clearTimeout(connecting));
    outgoing.once("response", (response) => {
      if (agent && response.statusCode === 407) end.abort(refusedByProxy(url, 407));
      resolve(response);
    });
    outgoing.on("error", (error) => reject(agent && !through && !end.signal.aborted ? lostAtProxy(url, error) : error));
    outgoing.end();
  });
}

/** What a proxy answered in place of the server that was asked for. */
function refusedByProxy(url: URL, status: number | undefined): FetchError {
  const why = status === 407 ? "asks for another user name or password" : `answered with HTTP ${status}`;
  return new FetchError(`${proxyOf(url)} ${why}`, {
    passing: status !== 407,
    // It refuses one host with 403; with anything else it lets nobody through, or cannot go on itself.
    unreachable: status !== 403,
  });
}

/** What ended a request before the proxy had answered. */
function lostAtProxy(url: URL, error: Error): FetchError {
  if ("code" in error) return toFetchError(error, proxyOf(url));
  return new FetchError(`${proxyOf(url)} broke off the connection`, { passing: true, unreachable: true });
}

function proxyOf({ host, protocol }: URL): string {
  return `${host}: the proxy (${protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY"})`;
}

function isRedirect(status: number | undefined): boolean {
  return status !== undefined && [301, 302, 303, 307, 308].includes(status);
}

/** Where a redirect leads: never from https to http, and to nothing but the web. */
export function follow(from: URL, location: string): URL {
  const next = isReadable(location) && URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (!next || !["http:", "https:"].includes(next.protocol)) {
    throw new FetchError(`${from.host} redirects to what is no web address`);
  }
  if (from.protocol === "https:" && next.protocol === "http:") {
    throw new FetchError(`${from.host} redirects from https to http`);
  }
  return next;
}

/** In characters; a URL is ASCII by RFC 3986, and the parser takes time by the square of a host in other scripts. */
const longestInOtherScripts = 1_024;

function isReadable(location: string): boolean {
  return location.length <= longestInOtherScripts || /^[\x20-\x7e]*$/.test(location);
}
