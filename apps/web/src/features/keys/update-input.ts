import type { Key } from "../../components/key/key";
import type { Inputs } from "../../lib/trpc";
import { daysOf, type KeyFormValues } from "./key-form";

export type KeyChanges = Omit<Inputs["keys"]["update"], "keyId">;

/** What the form says otherwise than the key is; nothing else is sent, so that nobody else's change is undone. */
export function toUpdateInput(
  values: KeyFormValues,
  key: Pick<Key, "name" | "scopes" | "allowed_ips" | "expires_at">,
): KeyChanges {
  const name = values.name.trim();
  const allowedIps = values.allowedIps.map((rule) => rule.trim());
  return {
    ...(name === key.name ? {} : { name }),
    ...(sameEntries(values.scopes, key.scopes) ? {} : { scopes: values.scopes }),
    ...(sameEntries(allowedIps, key.allowed_ips ?? [])
      ? {}
      : { allowed_ips: allowedIps.length > 0 ? allowedIps : null }),
    ...(values.expires === "keep" ? {} : { expires_in_days: values.expires === "never" ? null : daysOf(values) }),
  };
}

function sameEntries(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((entry) => others.includes(entry));
}
