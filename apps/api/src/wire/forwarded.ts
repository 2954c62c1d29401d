// Whom a request was forwarded for, as proxies say it: X-Forwarded-For by custom, Forwarded by RFC 7239.
import type { IncomingHttpHeaders } from "node:http";

/** The header field that a trusted proxy writes; the other one may be a client's own. */
type ForwardedHeader = "x-forwarded-for" | "forwarded";

/** An address without what Azure's gateway, IIS and RFC 7239 put around it: quotes, brackets, a port. */
export function plainAddress(text: string): string {
  const bare = text.trim().replace(/^"([^"]*)"$/, "$1");
  const [, bracketed] = /^\[([^[\]]*)\](?::\d{1,5})?$/.exec(bare) ?? [];
  if (bracketed !== undefined) return bracketed;
  // An IPv6 address without brackets has more than one colon, and so no port.
  return /^([^:]*):\d{1,5}$/.exec(bare)?.[1] ?? bare;
}

/** The `for` of each element of a Forwarded field; what is obfuscated (`_hidden`) or unknown stays as it is. */
export function forwardedFor(field: string): string[] {
  return elementsOf(field).map((element) => plainAddress(/(?:^|;)\s*for=([^;]*)/i.exec(element)?.[1] ?? "unknown"));
}

/** Parts between commas that stand in no quoted text. */
function elementsOf(field: string): string[] {
  return (field.match(/(?:"[^"]*"|[^",]|")+/g) ?? []).filter((element) => element.trim() !== "");
}

/** Writes what the trusted field says into X-Forwarded-For, where Fastify reads it; what the other one says is nothing. */
export function settleForwarded(headers: IncomingHttpHeaders, trusted: ForwardedHeader): void {
  const field = [headers[trusted] ?? ""].flat().join(",");
  const addresses = trusted === "forwarded" ? forwardedFor(field) : field.split(",").map(plainAddress);
  const known = addresses.filter((address) => address !== "");
  if (known.length > 0) headers["x-forwarded-for"] = known.join(", ");
  else delete headers["x-forwarded-for"];
}
