/** From the least to the most; each has what those before it have. */
export const tierNames = ["free", "pro"] as const;
export type TierName = (typeof tierNames)[number];
