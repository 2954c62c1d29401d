import type { Scope } from "../../components/key/key";
import { checkAllowedIps, checkKeyName } from "../../components/key/key-checks";
import type { Inputs } from "../../lib/trpc";

export type KeyFormValues = {
  name: string;
  /** Days as text, "never", "custom" for `days`, or "keep" for what it is. */
  expires: string;
  days: number | string;
  scopes: Scope[];
  allowedIps: string[];
};

export const expiryChoices = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "180", label: "In 180 days" },
  { value: "365", label: "In a year" },
  { value: "custom", label: "Custom number of days" },
  { value: "never", label: "Never" },
];

export const scopeNotes = {
  "read:iocs": "List, search and look up indicators; Sigma rules",
  "read:articles": "Read articles",
  "read:articles:export": "Export articles as CSV and NDJSON",
  "read:stix": "STIX bundles and TAXII collections",
  "read:misp": "MISP events and feeds",
  "read:cef": "CEF lines for a SIEM",
  "read:openioc": "OpenIOC documents",
  "read:watchlists": "Matches of the watchlists",
} as const satisfies Record<Scope, string>;

export function checkDays(days: number | string, { expires }: KeyFormValues): string | null {
  if (expires !== "custom") return null;
  const whole = Number.isInteger(days) && Number(days) >= 1 && Number(days) <= 365;
  return whole ? null : "A whole number from 1 to 365";
}

export const checks = {
  name: checkKeyName,
  days: checkDays,
  scopes: (chosen: readonly Scope[]) => (chosen.length === 0 ? "Choose at least one" : null),
  allowedIps: checkAllowedIps,
};

/** The server's names of the fields, and the form's. */
export const fieldNames = {
  name: "name",
  expires_in_days: "expires",
  expires_at: "expires",
  scopes: "scopes",
  allowed_ips: "allowedIps",
} as const;

export function daysOf({ expires, days }: Pick<KeyFormValues, "expires" | "days">): number {
  return Number(expires === "custom" ? days : expires);
}

/** What the form says, as the wire wants it: what is at its default is left out. */
export function toCreateInput(values: KeyFormValues, all: readonly Scope[]): Inputs["keys"]["create"] {
  return {
    name: values.name.trim(),
    ...(values.expires === "never" ? {} : { expires_in_days: daysOf(values) }),
    ...(values.scopes.length === all.length ? {} : { scopes: values.scopes }),
    ...(values.allowedIps.length > 0 ? { allowed_ips: values.allowedIps.map((rule) => rule.trim()) } : {}),
  };
}
