import { exampleRequestId } from "@tocsin/core/errors";

const integer = { type: "integer" } as const;
const text = { type: "string" } as const;

/** What operations share: header fields and ways to show who calls. */
export const components = {
  headers: {
    RequestId: {
      description: "The id of the request, as in the log of the instance.",
      schema: text,
      example: exampleRequestId,
    },
    RateLimitLimit: { description: "Requests a minute.", schema: integer, example: 1000 },
    RateLimitRemaining: {
      description: "Requests left in the window that is nearer its end.",
      schema: integer,
      example: 998,
    },
    RateLimitReset: { description: "When that window ends, in Unix seconds.", schema: integer, example: 1795253460 },
    RateLimit: {
      description: "What is left of each window (IETF draft).",
      schema: text,
      example: '"minute";r=998;t=24, "day";r=999998;t=44664',
    },
    RateLimitPolicy: {
      description: "The windows (IETF draft).",
      schema: text,
      example: '"minute";q=1000;w=60, "day";q=1000000;w=86400',
    },
    ConcurrencyLimit: {
      description:
        "How many requests may run at once, where that is why this one was refused; `error.details` says whose and of which kind.",
      schema: integer,
      example: 4,
    },
    RetryAfter: { description: "Seconds after which to try again.", schema: integer, example: 24 },
    NextCursor: {
      description: "The `cursor` of the next page; absent on the last.",
      schema: text,
      example: "eyJhdCI6",
    },
    CacheUpdatedAt: {
      description: "When the answer was computed.",
      schema: { ...text, format: "date-time" },
      example: "2026-11-21T09:30:00.000Z",
    },
    CacheAgeSeconds: { description: "How long ago that was, in seconds.", schema: integer, example: 184 },
    CacheStale: { description: "Whether a newer answer is due.", schema: { type: "boolean" }, example: false },
    ETag: {
      description: "Names the document as it is, in the encoding that it is sent in; strong.",
      schema: text,
      example: '"6f1d8d1a58a45d3f9c9b0f4f0f7c2a11"',
    },
    LastModified: {
      description: "When the newest record of the document changed.",
      schema: text,
      example: "Sat, 21 Nov 2026 09:30:00 GMT",
    },
    DateAdded: {
      description: "When the first or the last object of the answer was added; absent where there is none.",
      schema: text,
      example: "2026-11-21T09:30:00.000001Z",
    },
    ContentDisposition: { description: "Names the file.", schema: text, example: 'attachment; filename="iocs.csv"' },
  },
  securitySchemes: {
    BearerAuth: {
      type: "http",
      scheme: "bearer",
      description: "The key as `Authorization: Bearer <key>`; recommended.",
    },
    TAXIIBasic: {
      type: "http",
      scheme: "basic",
      description: "TAXII alone: the key as the password, under any user name, or as the user name.",
    },
    ApiKeyHeader: {
      type: "apiKey",
      in: "header",
      name: "X-API-Key",
      description: "The key in a header field of its own.",
    },
    ApiKeyQuery: {
      type: "apiKey",
      in: "query",
      name: "api_key",
      description: "The key in the URL, where nothing else can be set. It is kept out of our log, not out of others'.",
    },
    ManagementToken: {
      type: "http",
      scheme: "bearer",
      description: "A management token as `Authorization: Bearer <token>`. It is no API key, and an API key is none.",
    },
    CookieAuth: {
      type: "apiKey",
      in: "cookie",
      name: "sb-access-token",
      description: "The session of whoever signed in to the dashboard.",
    },
  },
} as const;

export const tagDescriptions: Record<string, string> = {
  IOCs: "Indicators of compromise: list, filter, search.",
  "Export Formats": "The same indicators in the formats of other programs, as files.",
  "Detection Rules": "Rules and intelligence files for what watches hosts and networks.",
  Statistics: "What the instance holds, in figures.",
  TAXII:
    "TAXII 2.1: STIX objects in the order in which they were added, for programs that poll. Errors have TAXII's own shape.",
  Lookup: "All that is known of one value.",
  "API Keys": "Keys of a workspace. With the dashboard's session alone; a key cannot manage keys.",
  "Key Automation":
    "The same for Terraform, CI and the like: with a management token, made in the dashboard's settings.",
  "Leaked Keys": "For whoever has found a secret of this instance where it should not be.",
  Feeds: "Where the indicators come from, and how the pulls go.",
  Audit: "Who did what, when and from where.",
};

export const rateHeaders = {
  "X-Request-Id": ref("RequestId"),
  "X-RateLimit-Limit": ref("RateLimitLimit"),
  "X-RateLimit-Remaining": ref("RateLimitRemaining"),
  "X-RateLimit-Reset": ref("RateLimitReset"),
  RateLimit: ref("RateLimit"),
  "RateLimit-Policy": ref("RateLimitPolicy"),
};

export const ageHeaders = {
  "X-Cache-Updated-At": ref("CacheUpdatedAt"),
  "X-Cache-Age-Seconds": ref("CacheAgeSeconds"),
  "X-Cache-Stale": ref("CacheStale"),
};

export function ref(header: keyof typeof components.headers) {
  return { $ref: `#/components/headers/${header}` };
}
