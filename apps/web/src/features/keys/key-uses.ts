import type { Scope } from "../../components/key/key";

/** What programs of a kind need of a key, and nothing more. */
export const keyUses = {
  siem: { label: "SIEM", note: "Indicators and CEF lines", scopes: ["read:iocs", "read:cef"] },
  firewall: { label: "Firewall", note: "Lists of indicators", scopes: ["read:iocs"] },
  tip: {
    label: "TIP",
    note: "STIX, TAXII, MISP, OpenIOC",
    scopes: ["read:iocs", "read:stix", "read:misp", "read:openioc"],
  },
  script: { label: "Script", note: "Look-ups and articles", scopes: ["read:iocs", "read:articles"] },
} as const satisfies Record<string, { label: string; note: string; scopes: readonly Scope[] }>;
export type KeyUse = keyof typeof keyUses;

/** The scopes of a use that the tier has. */
export function scopesOf(use: KeyUse, all: readonly Scope[]): Scope[] {
  const wanted: readonly Scope[] = keyUses[use].scopes;
  return all.filter((scope) => wanted.includes(scope));
}

/** The use whose scopes are exactly these. */
export function namedUse(scopes: readonly Scope[], all: readonly Scope[]): KeyUse | null {
  const same = (use: KeyUse) => {
    const wanted = scopesOf(use, all);
    return wanted.length === scopes.length && wanted.every((scope) => scopes.includes(scope));
  };
  return (["siem", "firewall", "tip", "script"] as const).find(same) ?? null;
}
