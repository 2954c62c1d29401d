/** TLP 2.0 labels, least restrictive first. */
export const tlps = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof tlps)[number];

/** The more restrictive of two labels: what is gathered must not be handed on more freely than its parts. */
export function strictestTlp(one: Tlp, other: Tlp): Tlp {
  return tlps.indexOf(one) < tlps.indexOf(other) ? other : one;
}
