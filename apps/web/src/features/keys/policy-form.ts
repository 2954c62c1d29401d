import type { Scope } from "../../components/key/key";
import type { Me } from "../../lib/me";
import { plural } from "../../lib/numbers";
import { expiryChoices } from "./key-form";

export type KeyPolicy = NonNullable<Me["workspace"]["key_policy"]>;

/** The choices that the workspace's key policy leaves. */
export function expiryChoicesOf(policy: KeyPolicy | null): typeof expiryChoices {
  const longest = policy?.longest_life_days ?? null;
  const choices = expiryChoices.filter(({ value }) => {
    if (value === "never") return longest === null && !policy?.require_expiry;
    return value === "custom" || longest === null || Number(value) <= longest;
  });
  const named = longest === null || choices.some(({ value }) => value === String(longest));
  return named ? choices : [{ value: String(longest), label: `In ${plural(longest, "day")}, the longest` }, ...choices];
}

/** The choice that a new key begins with. */
export function firstChoice(choices: readonly { value: string }[]): string {
  return (choices.find(({ value }) => value === "90") ?? choices[0])?.value ?? "custom";
}

/** What the policy asks, as sentences for whoever makes a key. */
export function policyWords(policy: KeyPolicy | null): string[] {
  if (!policy) return [];
  const { longest_life_days: life, end_unused_after_days: unused } = policy;
  const words: [boolean, string][] = [
    [life !== null, `A key lives at most ${plural(life ?? 0, "day")}.`],
    [life === null && policy.require_expiry, "A key must expire."],
    [policy.require_addresses, "It needs allowed addresses."],
    [policy.allowed_scopes !== null, "Only some scopes are allowed."],
    [unused !== null, `It is revoked when nobody uses it for ${plural(unused ?? 0, "day")}.`],
    [policy.require_approval, "A second person has to approve it."],
  ];
  return words.filter(([asked]) => asked).map(([, sentence]) => sentence);
}

/** The scopes that the policy allows of those that the tier has. */
export function scopesWithin(policy: KeyPolicy | null, all: readonly Scope[]): readonly Scope[] {
  const allowed: readonly Scope[] | null = policy?.allowed_scopes ?? null;
  return allowed ? all.filter((scope) => allowed.includes(scope)) : all;
}
