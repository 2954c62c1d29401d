import { z } from "zod";
import { formats } from "./formats";
import { type Plan, plans } from "./plans";
import { scopes } from "./scopes";
import { type Tier, tiers } from "./tiers";

const count = z.int().min(0);

/** The figures of a tier that an operator may change for one workspace. */
export const planOverrides = z
  .strictObject({
    requestsPerMinute: count,
    requestsPerDay: count,
    workspaceRequestsPerMinute: count.nullable(),
    workspaceRequestsPerDay: count.nullable(),
    iocLookbackDays: count,
    articleLookbackDays: count,
    resultsPerRequest: z.int().min(1).nullable(),
    keys: count,
    watchlists: count,
    watchlistEntries: count,
    formats: z.array(z.enum(formats)),
    scopes: z.array(z.enum(scopes)),
  })
  .partial();
export type PlanOverrides = z.infer<typeof planOverrides>;

/** The tier that the text names; a tier that no longer exists becomes the least one. */
export function tierOf(text: string): Tier {
  return tiers.find((tier) => tier === text) ?? tiers[0];
}

/** What a workspace may do: its tier's plan, with its own figures on top. A figure that cannot be read is left out. */
export function planOf(tier: string, overrides: unknown): Plan {
  const plan: Plan = plans[tierOf(tier)];
  if (typeof overrides !== "object" || overrides === null) return plan;
  const whole = planOverrides.safeParse(overrides);
  return { ...plan, ...(whole.success ? defined(whole.data) : readableFigures(overrides)) };
}

function readableFigures(overrides: object): Partial<Plan> {
  const readable = Object.entries(overrides).map(([name, value]) => planOverrides.safeParse({ [name]: value }));
  return Object.assign({}, ...readable.map((figure) => (figure.success ? defined(figure.data) : {})));
}

function defined(figures: PlanOverrides): Partial<Plan> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
