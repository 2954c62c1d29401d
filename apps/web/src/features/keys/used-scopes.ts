import type { Scope } from "../../components/key/key";
import { rowsOf } from "../../lib/tables";

/**
 * The routes that each scope opens; the first that fits counts. Null: which scope it was cannot be told from the route
 * (an export of articles is a format of their list, and indicators are read and written at one address).
 */
const routes = {
  "read:stix": /^\/api\/v1\/iocs\/stix|^\/(api\/)?taxii2\//,
  "read:misp": /^\/api\/v1\/(iocs\/)?misp/,
  "read:cef": /^\/api\/v1\/iocs\/cef/,
  "read:openioc": /^\/api\/v1\/iocs\/openioc/,
  "read:watchlists": /^\/api\/v1\/watchlists/,
  "read:articles": /^\/api\/v1\/articles/,
  "read:articles:export": null,
  "write:indicators": null,
  "write:sightings": null,
  "write:feedback": null,
  "read:iocs": /^\/api\/v1\/(iocs|lookup)/,
} as const satisfies Record<Scope, RegExp | null>;

export type ScopeUse = "used" | "unused" | "unknown";

/** Whether each scope of a key opened one of the routes that the key has asked for. */
export function usedScopes(scopes: readonly Scope[], paths: readonly string[]): { scope: Scope; use: ScopeUse }[] {
  const opened = new Set(paths.map((path) => rowsOf(routes).find(([, route]) => route?.test(path))?.[0]));
  return scopes.map((scope) => ({
    scope,
    use: routes[scope] === null ? "unknown" : opened.has(scope) ? "used" : "unused",
  }));
}
