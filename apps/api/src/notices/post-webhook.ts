import http from "node:http";
import https from "node:https";
import { checkedLookup, leadsInside, type Proxies, type Resolve, targetProblem } from "@tocsin/core/outbound";
import { hostOfUrl, isPublicAddress, parseAddress } from "@tocsin/core/values";

export type PostOptions = {
  /** Whether addresses that are not on the open internet may be called, and http:// be used. */
  privateTargets: boolean;
  timeoutMs: number;
  signal: AbortSignal;
  resolve?: Resolve;
  proxies?: Proxies;
};

/** `status` is null where no answer came, and `error` says why. */
export type Answer = { status: number | null; error: string | null; retryAfterSeconds: number | null };

type Message = { url: string; headers: Record<string, string>; body: string };

const closedAddress = "The URL leads to an address that is not on the open internet.";
/** An answer's body is of no interest; up to this much is read, so that the connection ends in order. */
const bodyLimit = 64 * 1_024;

/**
 * Posts once. The name is resolved here, every address of it is checked, and only to those checked does it connect: an
 * answer of the DNS that changes in between leads nowhere else. Through a proxy, which resolves the name anew, the check
 * is of the addresses that it has here. Redirects are not followed.
 */
export async function postWebhook(message: Message, options: PostOptions): Promise<Answer> {
  const url = new URL(message.url);
  const problem = targetProblem(message.url, options);
  if (problem) return failed(`The URL ${problem}.`);
  const host = hostOfUrl(url);
  // Node asks no resolver for what is an address already.
  if (!options.privateTargets && parseAddress(host) && !isPublicAddress(host)) return failed(closedAddress);
  const agent = options.proxies?.agentFor(url) ?? null;
  if (agent && !options.privateTargets && (await leadsInside(host, options.resolve))) return failed(closedAddress);
  const cut = new AbortController();
  const stop = () => cut.abort();
  options.signal.addEventListener("abort", stop);
  const deadline = setTimeout(stop, options.timeoutMs);
  return new Promise<Answer>((settle) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method: "POST",
      agent: agent ?? false,
      ...(agent ? {} : { lookup: checkedLookup({ ...options, closed: () => new Error(closedAddress) }) }),
      signal: cut.signal,
      headers: { ...message.headers, "content-length": String(Buffer.byteLength(message.body)) },
    });
    request.on("proxyConnect", ({ statusCode }: { statusCode?: number }) => {
      if (statusCode === 200) return;
      settle(failed(`The proxy answered ${statusCode}.`));
      stop();
    });
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      const ok = status >= 200 && status < 300;
      settle({ status, error: ok ? null : explainStatus(status), retryAfterSeconds: readRetryAfter(response.headers) });
      drain(response);
      response.on("close", () => clearTimeout(deadline));
    });
    request.on("error", (error) => {
      clearTimeout(deadline);
      settle(failed(explain(error, options)));
    });
    request.end(message.body);
  }).finally(() => options.signal.removeEventListener("abort", stop));
}

function drain(response: http.IncomingMessage): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bodyLimit) response.destroy();
  });
  response.on("error", () => {});
}

function failed(error: string): Answer {
  return { status: null, error, retryAfterSeconds: null };
}

function explainStatus(status: number): string {
  if (status >= 300 && status < 400) return "A redirect, which is not followed.";
  return `The receiver answered ${status}.`;
}

function explain(error: Error, { timeoutMs, signal }: PostOptions): string {
  if (signal.aborted) return "The server was stopped.";
  if (error.name === "AbortError" || error.name === "TimeoutError") return `No answer within ${timeoutMs / 1_000} s.`;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return (code ?? error.message).slice(0, 200);
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function readRetryAfter(headers: http.IncomingHttpHeaders): number | null {
  const text = headers["retry-after"]?.trim() ?? "";
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  const date = text === "" ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1_000));
}
