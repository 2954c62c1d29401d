import { AppError, invalidParameter } from "@tocsin/core/errors";
import type { Query } from "./query";

/**
 * One input out of the path and the query, or of the path and the body where there is one; what the path says wins.
 * Throws for a known parameter that is repeated, for broken percent-encoding and for a body that is no object.
 */
export function mergeInput(source: {
  known: ReadonlySet<string>;
  params: unknown;
  query: Query | null;
  body: unknown;
}) {
  const { known, query, body } = source;
  if (body !== undefined && body !== null && (typeof body !== "object" || Array.isArray(body))) {
    throw invalidParameter({ field: "body", problem: "has the wrong type", allowed: "an object" });
  }
  return { ...(query ? readValues(known, query) : {}), ...(body ?? {}), ...(source.params as Record<string, string>) };
}

function readValues(known: ReadonlySet<string>, query: Query): Record<string, string> {
  if (query.malformed !== null) {
    throw invalidParameter({
      field: query.malformed.slice(0, 100),
      problem: "is not well-formed percent-encoding",
      allowed: "UTF-8",
    });
  }
  const values = new Map<string, string>();
  for (const [name, [first, second]] of query.values) {
    if (!known.has(name) || first === undefined) continue;
    if (second !== undefined)
      throw invalidParameter({ field: name, problem: "is given more than once", allowed: "one value" });
    values.set(name, first);
  }
  return Object.fromEntries(values);
}

/** Reads a JSON body; one that is empty is none. Throws `malformed_body`. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("malformed_body", { message: "The request body is not JSON." });
  }
}
