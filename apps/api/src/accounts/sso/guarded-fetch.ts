import http from "node:http";
import https from "node:https";
import { checkedLookup, leadsInside, type Proxies, targetProblem } from "@tocsin/core/outbound";
import { hostOfUrl } from "@tocsin/core/values";

export type Guard = { privateTargets: boolean; proxies: Proxies; timeoutMs: number };
type Init = { method?: string; headers?: Readonly<Record<string, string>>; body?: unknown };

const closedAddress =
  "It leads to an address that is not on the open internet (TOCSIN_ALLOW_PRIVATE_IDENTITY_PROVIDERS).";
/** Discovery documents and sets of keys have a few kilobytes. */
const bodyLimit = 1_024 * 1_024;

/**
 * Fetches what identity providers answer: to checked addresses alone, whatever the discovery document names, without
 * following redirects, at most 1 MB. Throws an Error with a sentence that may be shown.
 */
export function createGuardedFetch({ privateTargets, proxies, timeoutMs }: Guard) {
  return async (target: string, init: Init): Promise<Response> => {
    const url = new URL(target);
    const problem = targetProblem(target, { privateTargets });
    if (problem) throw new Error(`${url.host}: the URL ${problem}.`);
    const agent = proxies.agentFor(url);
    if (agent && !privateTargets && (await leadsInside(hostOfUrl(url)))) throw new Error(closedAddress);
    const body = init.body === undefined || init.body === null ? null : String(init.body);
    return new Promise((resolve, reject) => {
      const request = (url.protocol === "https:" ? https : http).request(url, {
        method: init.method ?? "GET",
        headers: { ...init.headers, ...(body === null ? {} : { "content-length": String(Buffer.byteLength(body)) }) },
        agent: agent ?? false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(agent ? {} : { lookup: checkedLookup({ privateTargets, closed: () => new Error(closedAddress) }) }),
      });
      request.on("response", (response) => readAnswer(response).then(resolve, reject));
      request.on("error", (error) => reject(new Error(explain(error, url.host))));
      request.end(body ?? undefined);
    });
  };
}

async function readAnswer(response: http.IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > bodyLimit) throw new Error("The identity provider's answer is larger than 1 MB.");
    chunks.push(part);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const status = response.statusCode ?? 502;
  return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers });
}

function explain(error: Error, host: string): string {
  if (error.message === closedAddress) return `${host}: ${closedAddress}`;
  if (error.name === "TimeoutError" || error.name === "AbortError") return `${host} did not answer in time.`;
  return `${host} could not be reached${"code" in error && typeof error.code === "string" ? ` (${error.code})` : ""}.`;
}
