import type { FeedMapping, MappedField, OwnFeedAuth, OwnFeedFormat } from "@tocsin/core/own-feeds/shape";

/** `mapped`: what a column or member holds is said by the feed's mapping. */
export const ownFeedFormats = {
  plain: {
    label: "Plain list, one value per line",
    urlHint: "Lists IP addresses, networks, domains, URLs, hashes, e-mail addresses or CVE ids.",
    mapped: false,
  },
  csv: { label: "CSV table", urlHint: "Plain or compressed with gzip.", mapped: true },
  json: { label: "JSON", urlHint: "Plain or compressed with gzip.", mapped: true },
  ndjson: { label: "NDJSON, one object per line", urlHint: "Plain or compressed with gzip.", mapped: true },
  hosts: {
    label: "Hosts file",
    urlHint: "Blocked names are read. Lists for ad blockers (||name^) and dnsmasq (address=/name/) are accepted, too.",
    mapped: false,
  },
  rpz: {
    label: "Response policy zone (RPZ)",
    urlHint: "Names and addresses that the zone blocks are read.",
    mapped: false,
  },
  stix: {
    label: "STIX 2.x",
    urlHint: "Bundles, or objects one per line. Indicators with STIX patterns are read.",
    mapped: false,
  },
  misp: {
    label: "MISP feed (manifest.json)",
    urlHint: "The URL of manifest.json or of the folder that contains it.",
    mapped: false,
  },
  taxii: {
    label: "TAXII 2.1 collection",
    urlHint: "The URL of the server (discovery), of an API root, or of the collection.",
    mapped: false,
  },
} as const satisfies Record<OwnFeedFormat, { label: string; urlHint: string; mapped: boolean }>;

type AuthRow = {
  label: string;
  /** The field for a name beside the secret, where there is one. */
  name: { label: string; placeholder: string } | null;
  /** The label of the secret's field; null where there is no secret. */
  secret: string | null;
  /** The format has no place for it. */
  notFor: OwnFeedFormat | null;
};

export const ownFeedAuths = {
  none: { label: "None", name: null, secret: null, notFor: null },
  header: {
    label: "Request header",
    name: { label: "Header name", placeholder: "X-Api-Key" },
    secret: "Secret",
    notFor: null,
  },
  basic: {
    label: "User name and password",
    name: { label: "User name", placeholder: "" },
    secret: "Password",
    notFor: null,
  },
  bearer: { label: "Bearer token", name: null, secret: "Secret", notFor: null },
  url: { label: "Part of the URL, in place of {key}", name: null, secret: "Secret", notFor: "taxii" },
} as const satisfies Record<OwnFeedAuth, AuthRow>;

export const separators = {
  ",": "Comma",
  ";": "Semicolon",
  "\t": "Tab",
  "|": "Vertical bar |",
  " ": "Spaces",
} as const satisfies Record<FeedMapping["separator"], string>;

export const csvHeaders = {
  row: "First row",
  comment: "Comment above the rows",
  none: "None; columns are numbered",
} as const satisfies Record<FeedMapping["header"], string>;

export const fieldLabels = {
  value: "Value",
  type: "Type",
  first_seen: "First seen",
  last_seen: "Last seen",
  tags: "Tags",
  malware_family: "Malware family",
  threat_type: "Threat type",
  confidence: "Confidence",
  reference_url: "Reference",
  context: "Context",
} as const satisfies Record<MappedField, string>;
