import { keyFields } from "@tocsin/core/keys/key-fields";
import type { Key, Scope } from "../../components/key/key";
import { checkAllowedIps, checkKeyName } from "../../components/key/key-checks";
import { kindsOf, rowsOf } from "../../lib/tables";
import type { Inputs } from "../../lib/trpc";

type KeyField = keyof typeof keyFields;
type FieldsOf<Control> = { [F in KeyField]: (typeof keyFields)[F]["control"] extends Control ? F : never }[KeyField];
/** The properties that are text on one line. */
export type TextField = FieldsOf<"text">;
type WireOf<F extends KeyField> = (typeof keyFields)[F]["wire"];

export type KeyFormValues = {
  /** Days as text, "never", "custom" for `days`, or "keep" for what it is. */
  expires: string;
  days: number | string;
  scopes: Scope[];
  allowedIps: string[];
} & { [F in TextField as (typeof keyFields)[F]["required"] extends true ? F : never]: string } & {
  [F in TextField as (typeof keyFields)[F]["required"] extends true ? never : F]?: string;
};

/** A key as far as the form knows it. */
export type EditableKey = Pick<Key, "scopes" | "allowed_ips" | "expires_at" | WireOf<"name">> &
  Partial<Pick<Key, WireOf<TextField>>>;

export const textFields: readonly TextField[] = kindsOf(keyFields).filter(isText);

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
  "write:indicators": "Add, change and withdraw the workspace's own indicators",
  "write:sightings": "Report where the workspace saw a value",
  "write:feedback": "Call values harmless or malicious for the workspace",
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
export const fieldNames: Readonly<Record<string, keyof KeyFormValues>> = Object.fromEntries(
  rowsOf(keyFields).flatMap(([field, { options }]) =>
    options.map((option) => [option.field, field === "expiresAt" ? "expires" : field]),
  ),
);

export function daysOf({ expires, days }: Pick<KeyFormValues, "expires" | "days">): number {
  return Number(expires === "custom" ? days : expires);
}

/** The text properties of a key as the form begins with them. */
export function textsOf(key: EditableKey): Record<TextField, string> {
  return Object.fromEntries(textFields.map((field) => [field, key[keyFields[field].wire] ?? ""])) as Record<
    TextField,
    string
  >;
}

/** What the form says, as the wire wants it: what is at its default is left out. */
export function toCreateInput(values: KeyFormValues, all: readonly Scope[]): Inputs["keys"]["create"] {
  const texts = textFields.map((field) => [keyFields[field].wire, (values[field] ?? "").trim()] as const);
  return {
    ...(Object.fromEntries(texts.filter(([, text]) => text !== "")) as Pick<
      Inputs["keys"]["create"],
      WireOf<TextField>
    >),
    ...(values.expires === "never" ? {} : { expires_in_days: daysOf(values) }),
    ...(values.scopes.length === all.length ? {} : { scopes: values.scopes }),
    ...(values.allowedIps.length > 0 ? { allowed_ips: values.allowedIps.map((rule) => rule.trim()) } : {}),
  };
}

function isText(field: KeyField): field is TextField {
  return keyFields[field].control === "text";
}
