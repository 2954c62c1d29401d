/** How patient and how polite the fetcher is. Times in milliseconds. */
export type FetchLimits = {
  /** Until the connection stands, TLS included. */
  connectMs: number;
  /** Without a byte, headers and body alike. */
  idleMs: number;
  /** One attempt as a whole. */
  totalMs: number;
  attempts: number;
  /** The first wait between attempts; doubled each time, give or take a half. */
  backoffMs: number;
  /** A vendor that asks for a longer wait gets it between two runs, not within one. */
  longestWaitMs: number;
  redirects: number;
  /** Between the starts of two requests of this process to one host. */
  spacingMs: number;
};

export const defaultLimits: FetchLimits = {
  connectMs: 10_000,
  idleMs: 30_000,
  totalMs: 900_000,
  attempts: 3,
  backoffMs: 2_000,
  longestWaitMs: 30_000,
  redirects: 5,
  spacingMs: 1_000,
};
