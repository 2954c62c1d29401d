/** A pull that went wrong; its message is fit for a run record: it names a host, never a filled-in URL or a key. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  /** Whether another attempt may go better. */
  readonly passing: boolean;
  /** What the vendor asked for. */
  readonly retryAfterSeconds: number | undefined;

  /** Whether the server, or the proxy to it, could not be reached at all. */
  readonly unreachable: boolean;

  constructor(
    message: string,
    options: { passing?: boolean; unreachable?: boolean; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(message);
    this.unreachable = options.unreachable ?? false;
    this.passing = options.passing ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

const networkProblems: Record<string, string | undefined> = {
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "broke off the connection",
  EPIPE: "broke off the connection",
  ERR_STREAM_PREMATURE_CLOSE: "broke off the connection",
  ETIMEDOUT: "did not answer",
  ENOTFOUND: "has no address",
  EAI_AGAIN: "could not be resolved",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
};

/** What a machine without a network says of every host. */
const withoutNetwork = ["ECONNREFUSED", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/** In words of our own: Node's messages may hold what was sent. */
export function toFetchError(error: unknown, host: string): FetchError {
  if (error instanceof FetchError) return error;
  const code = codeOf(error);
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code.startsWith("ERR__ERROR_FORMAT")) {
    return new FetchError(`${host}: the packed body is damaged or cut`, { passing: true });
  }
  const problem = networkProblems[code];
  if (problem !== undefined) {
    return new FetchError(`${host} ${problem}`, { passing: true, unreachable: withoutNetwork.includes(code) });
  }
  if (code.startsWith("HPE_")) return new FetchError(`${host} does not speak HTTP (${code})`);
  return new FetchError(`${host}: the request failed (${code || "no code"})`, { passing: true });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error.cause);
}
