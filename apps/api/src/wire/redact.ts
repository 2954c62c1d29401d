import { managePrefixOf } from "@tocsin/core/tokens";
import type { Logger } from "pino";
import { decode } from "./query";

const secretNames = new Set([
  "api_key",
  "apikey",
  "key",
  "full_key",
  "token",
  "access_token",
  "password",
  "secret",
  "code",
]);
const secretPaths = /^(\/api\/(?:invitations|auth\/reset-password)\/)[^/?]+/;
const blot = "[redacted]";

/** A URL as it may stand in a log: without the values that open something, however their names are encoded. */
export function redactUrl(url: string, keyPrefix: string): string {
  const at = url.indexOf("?");
  const path = (at < 0 ? url : url.slice(0, at)).replace(secretPaths, `$1${blot}`);
  const safePath = path
    .split("/")
    .map((part) => (holdsKey(part, keyPrefix) ? blot : part))
    .join("/");
  return at < 0
    ? safePath
    : `${safePath}?${url
        .slice(at + 1)
        .split("&")
        .map((part) => redactPart(part, keyPrefix))
        .join("&")}`;
}

function redactPart(part: string, keyPrefix: string): string {
  const at = part.indexOf("=");
  const name = at < 0 ? part : part.slice(0, at);
  if (holdsKey(name, keyPrefix)) return blot;
  const plain = decode(name);
  const secret = plain === null || secretNames.has(plain.trim().toLowerCase()) || holdsKey(part, keyPrefix);
  return secret && at >= 0 ? `${name}=${blot}` : part;
}

function holdsKey(text: string, keyPrefix: string): boolean {
  const plain = decode(text);
  if (plain === null && text.includes("%")) return true;
  return [keyPrefix, managePrefixOf(keyPrefix)].some((prefix) => text.includes(prefix) || plain?.includes(prefix));
}

/** The log of requests: no header, no body, and of the URL what `redactUrl` leaves. */
export function requestLog(log: Logger, keyPrefix: string): Logger {
  return log.child(
    {},
    {
      redact: {
        paths: [
          "headers.authorization",
          'headers["x-api-key"]',
          "headers.cookie",
          'headers["set-cookie"]',
          "*.authorization",
          "*.cookie",
        ],
        censor: blot,
      },
      serializers: {
        req: (request: { method?: string; url?: string }) => ({
          method: request.method,
          url: redactUrl(request.url ?? "", keyPrefix),
        }),
        err: (error: unknown) => plainError(error),
        res: (reply: { statusCode?: number }) => ({ statusCode: reply.statusCode }),
      },
    },
  );
}

type Thrown = { name?: unknown; message?: unknown; stack?: unknown; code?: unknown; cause?: unknown };

/** An error without what drivers hang on to it: the statement's parameters. */
function plainError(error: unknown, depth = 0): object {
  const { name, message, stack, code, cause } = (
    typeof error === "object" && error !== null ? error : { message: error }
  ) as Thrown;
  return { type: name, message, stack, code, ...(cause && depth < 3 ? { cause: plainError(cause, depth + 1) } : {}) };
}
