import { z } from "zod";
import { scopes } from "../../access";

export const longestKeyLifeDays = 365;
/** Under two weeks there is no time to warn in. */
export const unusedDaysRange = { least: 14, most: 365 } as const;

const scope = z.enum(scopes);

/** What the keys of a workspace must be like; null and false ask for nothing. */
export const keyPolicyShape = z.object({
  /** From the making of a key to its end; a key must have one then. */
  longest_life_days: z.int().min(1).max(longestKeyLifeDays).nullable(),
  require_expiry: z.boolean(),
  require_addresses: z.boolean(),
  allowed_scopes: z.array(scope).max(scopes.length).nullable(),
  /** Of a second person who may make keys. */
  require_approval: z.boolean(),
  /** Keys that nobody has used for so many days end. */
  end_unused_after_days: z.int().min(unusedDaysRange.least).max(unusedDaysRange.most).nullable(),
  /** Whether the keys that somebody made end when the identity provider deactivates them. */
  end_keys_of_leavers: z.boolean(),
});
export type KeyPolicy = z.infer<typeof keyPolicyShape>;

export const noKeyPolicy: KeyPolicy = {
  longest_life_days: null,
  require_expiry: false,
  require_addresses: false,
  allowed_scopes: null,
  require_approval: false,
  end_unused_after_days: null,
  end_keys_of_leavers: false,
};

/** The policy that a workspace's row holds. A scope that is no more is passed over; what cannot be read at all fails. */
export function keyPolicyOf(stored: unknown): KeyPolicy {
  if (stored === null || stored === undefined) return noKeyPolicy;
  const known = z.looseObject({ allowed_scopes: z.array(z.string()).nullable() }).parse(stored);
  const allowed = known.allowed_scopes && scopes.filter((one) => known.allowed_scopes?.includes(one));
  // What a version before did not know of is not asked.
  return keyPolicyShape.parse({ ...noKeyPolicy, ...known, allowed_scopes: allowed });
}

export const setKeyPolicyInput = keyPolicyShape
  .extend({ allowed_scopes: z.array(scope).min(1).max(scopes.length).nullable() })
  .transform((policy) => ({
    ...policy,
    allowed_scopes: policy.allowed_scopes && scopes.filter((one) => policy.allowed_scopes?.includes(one)),
  }));
export type SetKeyPolicyInput = z.output<typeof setKeyPolicyInput>;

/** A key that works and does not meet the policy, and why. */
export const keyOffPolicyShape = z.object({
  id: z.uuid(),
  name: z.string(),
  key_prefix: z.string(),
  problems: z.array(z.object({ field: z.string(), problem: z.string(), allowed: z.string() })),
});
export const keysOffPolicyShape = z.object({
  data: z.array(keyOffPolicyShape),
  meta: z.object({ total: z.int() }),
});
export type KeysOffPolicy = z.infer<typeof keysOffPolicyShape>;
