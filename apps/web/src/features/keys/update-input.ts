import { keyFields } from "@tocsin/core/keys/key-fields";
import type { Inputs } from "../../lib/trpc";
import { daysOf, type EditableKey, type KeyFormValues, textFields, textsOf } from "./key-form";

export type KeyChanges = Omit<Inputs["keys"]["update"], "keyId">;

/** What the form says otherwise than the key is; nothing else is sent, so that nobody else's change is undone. */
export function toUpdateInput(values: KeyFormValues, key: EditableKey): KeyChanges {
  const allowedIps = values.allowedIps.map((rule) => rule.trim());
  return {
    ...textChanges(values, key),
    ...(sameEntries(values.scopes, key.scopes) ? {} : { scopes: values.scopes }),
    ...(sameEntries(allowedIps, key.allowed_ips ?? [])
      ? {}
      : { allowed_ips: allowedIps.length > 0 ? allowedIps : null }),
    ...(values.expires === "keep" ? {} : { expires_in_days: values.expires === "never" ? null : daysOf(values) }),
  };
}

function textChanges(values: KeyFormValues, key: EditableKey): KeyChanges {
  const before = textsOf(key);
  const changed = textFields.flatMap((field) => {
    const text = (values[field] ?? "").trim();
    const { wire, required } = keyFields[field];
    return text === before[field] ? [] : [[wire, required ? text : text || null]];
  });
  return Object.fromEntries(changed);
}

function sameEntries(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((entry) => others.includes(entry));
}
