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
  if (typeof header === "string" && header !== "") return onlyValue(header);
  const given = query.values.get("api_key") ?? [];
  if (given.length > 1)
    throw invalidParameter({ field: "api_key", problem: "is given more than once", allowed: "one value" });
  return given[0] ? given[0] : null;
}

/** Of a field that came more than once, which Node joins: the value where all are equal, else what nobody's key is. */
function onlyValue(field: string): string {
  const [first = "", ...others] = field.split(",").map((value) => value.trim());
  return others.every((value) => value === first) ? first : field;
}

/** The same, and what TAXII clients know: HTTP Basic with the key as password or as user name, `Token`, a bare `basic`. */
export function readTaxiiCredential(headers: IncomingHttpHeaders, query: Query): string | null {
  const { authorization = "" } = headers;
  const token = /^token[ ]+(\S.*)$/i.exec(authorization)?.[1]?.trim();
  if (token !== undefined) return token;
  const basic = /^basic[ ]+(\S.*)$/i.exec(authorization)?.[1]?.trim();
  return basic === undefined ? readCredential(headers, query) : keyOfBasic(basic);
}

function keyOfBasic(text: string): string {
  const plain = Buffer.from(text, "base64").toString();
  const at = plain.indexOf(":");
  // MISP sends the key itself, which is base64 of nothing that holds a colon but by chance: then it is not its like.
  if (at < 0 || Buffer.from(plain).toString("base64").replace(/=+$/, "") !== text.replace(/(?<!=)=+$/, "")) return text;
  return plain.slice(at + 1) || plain.slice(0, at);
}
