import { maxAllowedIps } from "@tocsin/core/keys/key-fields";
import { parseNetwork } from "@tocsin/core/values";

/** Checks the name of a key or of a management token. */
export function checkKeyName(name: string): string | null {
  const { length } = [...name.trim()];
  return length === 0 ? "Enter a name" : length > 100 ? "At most 100 characters" : null;
}

/** Entries as they were typed or pasted, several at once too, each one once. */
export function splitAllowedIps(entries: readonly string[]): string[] {
  return [...new Set(entries.flatMap((entry) => entry.split(/[\s,;]+/)).filter((entry) => entry !== ""))];
}

export function checkAllowedIps(rules: readonly string[]): string | null {
  const wrong = rules.find((rule) => parseNetwork(rule.trim()) === null);
  if (wrong !== undefined) return `“${wrong}” is neither an address nor a network such as 198.51.100.0/24`;
  return rules.length > maxAllowedIps ? `At most ${maxAllowedIps} entries` : null;
}
