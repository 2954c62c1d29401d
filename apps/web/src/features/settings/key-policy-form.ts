import type { Inputs } from "../../lib/trpc";

type Policy = Inputs["keyPolicy"]["set"];
/** Empty text for none. */
type Days = number | string;

export type PolicyValues = {
  longest: Days;
  expiry: boolean;
  addresses: boolean;
  limitScopes: boolean;
  scopes: string[];
  approval: boolean;
  unused: Days;
  leavers: boolean;
};

export const checks = {
  longest: (days: Days) => daysProblem(days, 1),
  unused: (days: Days) => daysProblem(days, 14),
  scopes: (chosen: readonly string[], { limitScopes }: PolicyValues) =>
    limitScopes && chosen.length === 0 ? "Choose at least one" : null,
};

function daysProblem(days: Days, least: number): string | null {
  if (days === "") return null;
  const count = Number(days);
  return Number.isInteger(count) && count >= least && count <= 365 ? null : `A whole number from ${least} to 365`;
}

export function valuesOf(policy: Policy | null): PolicyValues {
  return {
    longest: policy?.longest_life_days ?? "",
    expiry: policy?.require_expiry ?? false,
    addresses: policy?.require_addresses ?? false,
    limitScopes: Boolean(policy?.allowed_scopes),
    scopes: [...(policy?.allowed_scopes ?? [])],
    approval: policy?.require_approval ?? false,
    unused: policy?.end_unused_after_days ?? "",
    leavers: policy?.end_keys_of_leavers ?? false,
  };
}

export function toPolicy(values: PolicyValues): Policy {
  const days = (value: Days) => (value === "" ? null : Number(value));
  return {
    longest_life_days: days(values.longest),
    require_expiry: values.expiry,
    require_addresses: values.addresses,
    allowed_scopes: values.limitScopes ? (values.scopes as NonNullable<Policy["allowed_scopes"]>) : null,
    require_approval: values.approval,
    end_unused_after_days: days(values.unused),
    end_keys_of_leavers: values.leavers,
  };
}
