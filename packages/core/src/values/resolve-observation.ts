import { type Detected, detect, resolveAs } from "./detect";
import { normalise } from "./normalise";
import type { Observation } from "./observation";

/**
 * What a source's value is. A URL that its source states as one stays as it is written, with a full stop at its end and
 * `(at)` in it, unless it is defanged: then it is refanged, as is whatever has no type stated.
 */
export function resolveObservation({ type, value }: Pick<Observation, "type" | "value">): Detected {
  if (type === undefined) return detect(value);
  // No path holds these brackets for themselves (RFC 3986 §3.3); a host that is defanged is no host.
  const written =
    type === "url" && /^[a-z]+:\/\//i.test(value) && !value.includes("[.]") ? normalise(type, value) : null;
  return written?.ok ? written : resolveAs(type, value);
}
