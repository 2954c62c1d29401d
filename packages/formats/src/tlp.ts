import { type Tlp, tlps } from "@tocsin/core/values";

/** The more restrictive of two labels: what is gathered must not be handed on more freely than its parts. */
export function strictest(one: Tlp, other: Tlp): Tlp {
  return tlps.indexOf(one) < tlps.indexOf(other) ? other : one;
}
