import { z } from "zod";
import { formats } from "./formats";
import { scopes } from "./scopes";
import { type TierName, tierNames } from "./tier-names";
import { type Tier, tiers } from "./tiers";

const count = z.int().min(0);

/** The figures of a tier that an operator may change for one workspace. */
export const tierOverrides = z
  .strictObject({
    requestsPerMinute: count,
    requestsPerDay: count,
    workspaceRequestsPerMinute: count.nullable(),
    workspaceRequestsPerDay: count.nullable(),
    requestsAtOnce: z.int().min(1),
    exportsAtOnce: z.int().min(1),
    workspaceRequestsAtOnce: z.int().min(1),
    workspaceExportsAtOnce: z.int().min(1),
    iocLookbackDays: count,
    articleLookbackDays: count,
    resultsPerRequest: z.int().min(1).nullable(),
    keys: count,
    watchlists: count,
    watchlistEntries: count,
    ownIndicators: count,
    formats: z.array(z.enum(formats)).max(100),
    scopes: z.array(z.enum(scopes)).max(100),
  })
  .partial();
export type TierOverrides = z.infer<typeof tierOverrides>;

/** The name of the tier that a text names; one that no longer exists becomes the least one. */
export function tierNameOf(text: string): TierName {
  return tierNames.find((name) => name === text) ?? tierNames[0];
}

/** What a workspace may do: its tier, with its own figures on top. A figure that cannot be read is left out. */
export function tierOf(name: string, overrides: unknown): Tier {
  const tier: Tier = tiers[tierNameOf(name)];
  if (typeof overrides !== "object" || overrides === null) return tier;
  const whole = tierOverrides.safeParse(overrides);
  return { ...tier, ...(whole.success ? defined(whole.data) : readableFigures(overrides)) };
}

function readableFigures(overrides: object): Partial<Tier> {
  const readable = Object.entries(overrides).map(([name, value]) => tierOverrides.safeParse({ [name]: value }));
  return Object.assign({}, ...readable.map((figure) => (figure.success ? defined(figure.data) : {})));
}

function defined(figures: TierOverrides): Partial<Tier> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
