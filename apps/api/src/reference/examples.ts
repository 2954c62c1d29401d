export type JsonSchema = { [keyword: string]: unknown };

const time = "2026-11-21T09:30:00.000Z";

/** Examples of fields whose schema gives none, by name. */
const byName: Record<string, unknown> = {
  watchlistId: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a11",
  keyId: "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10",
  name: "Production SIEM",
  tier: "pro",
  key_prefix: "sk_live_zIc8",
  key_preview: "sk_live_••••••••",
  key: "sk_live_zIc8qYb3J0mVt5Wl9RxE2uHs7Na4PdKo6FgTi1CeXvBn0Q8wZr",
  full_key: "sk_live_zIc8qYb3J0mVt5Wl9RxE2uHs7Na4PdKo6FgTi1CeXvBn0Q8wZr",
  previous_key_prefix: null,
  previous_key_grace_seconds: null,
  previous_key_retires_at: null,
  grace_seconds: 86400,
  rate_limit_per_minute: 1000,
  rate_limit_per_day: 1000000,
  total_requests: 142587,
  created_by: "Ada Example",
  revoked_reason: null,
  revoked_by: null,
  revoked_at: null,
  expires_at: null,
  allowed_ips: ["198.51.100.0/24", "2001:db8::/32"],
  reason: "Quarterly rotation",
  expires_in_days: 90,
  message: "API key revoked successfully",
  warning: "Store this key now: it is not shown again.",
  success: true,
  next_cursor: null,
  cursor: "eyJhdCI6",
  limit: 100,
  q: "SIEM",
  status: "active",
  action: "key.revoke",
  request_id: "req_5f2b8c1e9a7d4036b1c2d3e4",
  ip: "198.51.100.7",
  user_agent: "curl/8.5.0",
  date: "2026-11-21",
  requests: 1280,
  errors: 3,
  feed_version: "1.0",
  window_days: 30,
  successful: 141201,
  client_errors: 1374,
  server_errors: 12,
  success_rate: 0.9903,
  avg_response_time_ms: 6.41,
  latency_p50_ms: 4.2,
  latency_p95_ms: 18.7,
  latency_p99_ms: 41.3,
  rate_limit_peak_per_minute: 412,
  rate_limit_peak_per_day: 9120,
  path: "/api/v1/iocs",
  count: 90210,
  by_status: { "200": 138000, "304": 3201, "429": 1374, "500": 12 },
  rate_limit_hits: 1374,
  owner: "ada@example.org",
};

/** An example that fits the schema, put together of its fields' own. */
export function exampleOf(schema: JsonSchema, name = "", depth = 0): unknown {
  if (schema.example !== undefined) return schema.example;
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  const options = [schema.anyOf, schema.oneOf].find(Array.isArray) as JsonSchema[] | undefined;
  if (Array.isArray(schema.enum)) return fits(byName[name], schema.enum) ? byName[name] : schema.enum[0];
  if (name in byName && (schema.type === undefined || typeFits(byName[name], schema.type) || options))
    return byName[name];
  if (options) return exampleOf(options.find((option) => option.type !== "null") ?? {}, name, depth);
  if (Array.isArray(schema.allOf))
    return Object.assign({}, ...(schema.allOf as JsonSchema[]).map((part) => exampleOf(part, name, depth)));
  return ofType(schema, name, depth);
}

function ofType(schema: JsonSchema, name: string, depth: number): unknown {
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case "object": {
      const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
      return Object.fromEntries(fields.map(([field, inner]) => [field, exampleOf(inner, field, depth + 1)]));
    }
    case "array":
      return depth > 8 ? [] : [exampleOf((schema.items ?? {}) as JsonSchema, name, depth + 1)];
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? Math.max(1, schema.minimum) : 1;
    case "boolean":
      return true;
    case "string":
      return ofString(schema, name);
    default:
      return null;
  }
}

function ofString(schema: JsonSchema, name: string): string {
  if (schema.format === "date-time") return time;
  if (schema.format === "date") return "2026-11-21";
  if (schema.format === "uuid") return "7d0f3c0e-5a1b-4c52-9a54-1c6f2f6b8a10";
  if (schema.format === "uri") return "https://feed.example/";
  return name.endsWith("id") ? "1" : "text";
}

function fits(value: unknown, allowed: unknown[]): boolean {
  return value !== undefined && allowed.includes(value);
}

function typeFits(value: unknown, type: unknown): boolean {
  if (Array.isArray(type)) return type.some((one) => typeFits(value, one));
  if (value === null) return type === "null";
  if (Array.isArray(value)) return type === "array";
  if (typeof value === "number") return type === "number" || type === "integer";
  return typeof value === type;
}
