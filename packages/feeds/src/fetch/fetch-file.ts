import type http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { daySeconds } from "@tocsin/core/lib";
import type { Proxies } from "@tocsin/core/outbound";
import type { Validator } from "@tocsin/core/runs";
import type { FeedFile } from "../definition/feed";
import { FetchError, toFetchError } from "./fetch-error";
import { waitForTurn } from "./host-gate";
import type { FetchLimits } from "./limits";
import { request } from "./request";
import { fillIn } from "./secret";
import { type Spooled, spool } from "./spool";

export type Fetched =
  | { changed: false; validator: Validator }
  | {
      changed: true;
      spooled: Spooled;
      contentType: string | undefined;
      validator: Validator;
      headers: http.IncomingHttpHeaders;
    };

export type FetchOptions = {
  key: string | undefined;
  maxBytes: number;
  /** Of the body that was read last; absent asks for it whatever it is. */
  validator: Validator | undefined;
  /** The time of this pull. */
  readAt: Date;
  userAgent: string;
  limits: FetchLimits;
  spoolDir: string;
  /** Refuses addresses that are not on the open internet, at each hop of a redirect. */
  publicOnly?: boolean;
  /** What carries requests; undefined: they go as they are. */
  proxies: Proxies | undefined;
  /** Takes what comes first of a body, up to `maxBytes` unpacked, and leaves the rest. */
  headOnly?: boolean;
  signal: AbortSignal;
  /** Bytes of the body so far, as sent; a new attempt starts from 0. */
  onBytes?: (bytes: number, total: number | undefined) => void;
};

/** Gets one file of a feed into the spool, trying again where that may help; throws FetchError, or the abort's reason. */
export async function fetchFile(file: FeedFile, options: FetchOptions): Promise<Fetched> {
  const { limits, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(file, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FetchError) || !error.passing || attempt >= limits.attempts) throw error;
      const backoff = limits.backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      const wait = Math.max(backoff, (error.retryAfterSeconds ?? 0) * 1000);
      if (wait > limits.longestWaitMs) throw error;
      await sleep(wait, undefined, { signal });
    }
  }
}

async function attemptOnce(file: FeedFile, options: FetchOptions): Promise<Fetched> {
  const { limits, signal } = options;
  const target = fillIn(file, options.key);
  let { host } = target.url;
  await waitForTurn(host, limits.spacingMs, signal);
  const end = new AbortController();
  const stop = () => end.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  const total = setTimeout(() => end.abort(new FetchError(`${host} took too long`, { passing: true })), limits.totalMs);
  try {
    signal.throwIfAborted();
    const { publicOnly = false, proxies } = options;
    const answer = await request(target, headersOf(options), { limits, publicOnly, proxies }, end);
    host = answer.host;
    return await take(answer.response, host, options, end.signal);
  } catch (error) {
    signal.throwIfAborted();
    throw toFetchError(end.signal.aborted ? end.signal.reason : error, host);
  } finally {
    clearTimeout(total);
    signal.removeEventListener("abort", stop);
    end.abort();
  }
}

function headersOf({ userAgent, validator }: FetchOptions): Record<string, string> {
  return {
    "User-Agent": userAgent,
    Accept: "*/*",
    "Accept-Encoding": "gzip, deflate, br",
    ...(validator?.etag ? { "If-None-Match": validator.etag } : {}),
    ...(validator?.lastModified ? { "If-Modified-Since": validator.lastModified } : {}),
  };
}

async function take(
  response: http.IncomingMessage,
  host: string,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<Fetched> {
  const { headers, statusCode = 0 } = response;
  const { validator } = options;
  if (statusCode === 304 && (validator?.etag || validator?.lastModified)) return { changed: false, validator };
  if (statusCode !== 200) throw refusal(host, statusCode, headers["retry-after"]);
  const expected = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
  if (!options.headOnly && expected !== undefined && expected > options.maxBytes) {
    throw new FetchError(`${host}: the body is larger than ${options.maxBytes} bytes`);
  }
  let received = 0;
  options.onBytes?.(0, expected);
  const spooled = await spool(response, {
    path: path.join(options.spoolDir, "body"),
    maxBytes: options.maxBytes,
    headOnly: options.headOnly ?? false,
    contentEncoding: headers["content-encoding"],
    signal,
    onBytes: (bytes) => {
      received += bytes;
      options.onBytes?.(received, expected);
    },
  });
  if (expected !== undefined && received !== expected && !spooled.cut) {
    throw new FetchError(`${host}: the body was cut at ${received} of ${expected} bytes`, { passing: true });
  }
  return {
    changed: true,
    spooled,
    headers,
    contentType: headers["content-type"],
    validator: {
      etag: headers.etag,
      lastModified: headers["last-modified"],
      readAt: options.readAt.toISOString(),
    },
  };
}

const passingStatuses = [408, 425, 429, 500, 502, 503, 504];
const longestRetryAfter = daySeconds;

function refusal(host: string, status: number, retryAfter: string | undefined): FetchError {
  const passing = passingStatuses.includes(status);
  return new FetchError(`${host} answered with HTTP ${status}`, {
    passing,
    retryAfterSeconds: passing ? readRetryAfter(retryAfter) : undefined,
  });
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3); at most a day. */
function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^[0-9]{1,9}$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestRetryAfter, Math.max(0, Math.ceil(seconds))) : undefined;
}
