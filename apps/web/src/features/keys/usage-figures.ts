const names: Record<string, string | undefined> = {
  200: "OK",
  201: "Created",
  304: "Not modified",
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  406: "Not acceptable",
  413: "Payload too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal error",
  503: "Service unavailable",
};

/** "429 Limit reached"; a status without a name stands alone. */
export function statusLabel(status: string): string {
  return names[status] ? `${status} ${names[status]}` : status;
}

/** Milliseconds with as many digits as they are true to: "0.4 ms", "18 ms", "1.2 s". */
export function latency(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}

/** 0.9903 as "99.03%"; only all of it is 100%. */
export function share(part: number, locale?: string): string {
  const shown = part < 1 ? Math.min(part, 0.9999) : part;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(shown);
}
