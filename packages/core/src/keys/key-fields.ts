// Safe for browsers: the forms of the dashboard and the command line are made of it.

/** An option of the command line, and the field of the body that it sets. */
type KeyOption = {
  readonly flag: string;
  readonly field: string;
  readonly takes: "text" | "number" | "list";
  /** In the usage line. */
  readonly value: string;
};

type KeyFieldEntry = {
  /** As the dashboard calls it. */
  readonly label: string;
  /** What it is entered with; each control is written once in the dashboard. */
  readonly control: "text" | "end" | "scopes" | "networks";
  /** Its name in the answers and the audit log. */
  readonly wire: string;
  readonly required: boolean;
  /** Below the label of its field. */
  readonly hint: string | null;
  readonly placeholder: string | null;
  /** They exclude each other. */
  readonly options: readonly KeyOption[];
  /** The switch of `keys update` that sets a field to null. */
  readonly none: { readonly flag: string; readonly field: string } | null;
};

export const maxAllowedIps = 100;

/** What people may say of a key, in the order of the forms. */
export const keyFields = {
  name: {
    label: "Name",
    control: "text",
    wire: "name",
    required: true,
    hint: "Which program uses the key, and where.",
    placeholder: "SIEM, Frankfurt",
    options: [{ flag: "name", field: "name", takes: "text", value: "<name>" }],
    none: null,
  },
  expiresAt: {
    label: "Expires",
    control: "end",
    wire: "expires_at",
    required: false,
    hint: null,
    placeholder: null,
    options: [
      { flag: "expires-in-days", field: "expires_in_days", takes: "number", value: "<n>" },
      { flag: "expires-at", field: "expires_at", takes: "text", value: "<time>" },
    ],
    none: { flag: "never-expires", field: "expires_at" },
  },
  scopes: {
    label: "Scopes",
    control: "scopes",
    wire: "scopes",
    required: false,
    hint: null,
    placeholder: null,
    options: [{ flag: "scope", field: "scopes", takes: "list", value: "<scope>" }],
    none: { flag: "all-scopes", field: "scopes" },
  },
  allowedIps: {
    label: "Allowed addresses",
    control: "networks",
    wire: "allowed_ips",
    required: false,
    hint: null,
    placeholder: null,
    options: [{ flag: "allow", field: "allowed_ips", takes: "list", value: "<cidr>" }],
    none: { flag: "allow-any", field: "allowed_ips" },
  },
} as const satisfies Record<string, KeyFieldEntry>;
