/** From the least to the most; each has what those before it have. */
export const tiers = ["free", "pro"] as const;
export type Tier = (typeof tiers)[number];
