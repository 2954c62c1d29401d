import type { IncomingHttpHeaders } from "node:http";
import { invalidParameter } from "@tocsin/core/errors";
import type { Query } from "./query";

/** What the Authorization header alone brings: management tokens come no other way. */
export function readBearer(headers: IncomingHttpHeaders): string | null {
  return /^bearer[ ]+(\S.*)$/i.exec(headers.authorization ?? "")?.[1]?.trim() ?? null;
}

/** The key that a request brings: the Authorization header before X-API-Key before the query string. */
export function readCredential(headers: IncomingHttpHeaders, query: Query): string | null {
  const bearer = readBearer(headers);
  if (bearer !== null) return bearer;
  const header = headers["x-api-key"];
  if (typeof header === "string" && header !== "") return header;
  const given = query.values.get("api_key") ?? [];
  if (given.length > 1)
    throw invalidParameter({ field: "api_key", problem: "is given more than once", allowed: "one value" });
  return given[0] ? given[0] : null;
}
