import http from "node:http";
import type { AddressInfo } from "node:net";
import type { FetchLimits } from "../fetch/limits";

export type TestServer = {
  /** `http://127.0.0.1:port` */
  origin: string;
  requests: { url: string; headers: http.IncomingHttpHeaders; at: number }[];
  /** What answers from now on. */
  answer: (handler: http.RequestListener) => void;
  close: () => Promise<void>;
};

/** A real server on a free port of this host. */
export async function testServer(): Promise<TestServer> {
  let handler: http.RequestListener = (_request, response) => response.end();
  const requests: TestServer["requests"] = [];
  const server = http.createServer((request, response) => {
    requests.push({ url: request.url ?? "", headers: request.headers, at: Date.now() });
    response.on("error", () => {});
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      handler = next;
      requests.length = 0;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Patience of tests: more than a busy machine needs, and hardly any between attempts. */
export const testLimits: FetchLimits = {
  connectMs: 20_000,
  idleMs: 20_000,
  totalMs: 40_000,
  attempts: 3,
  backoffMs: 10,
  longestWaitMs: 1_500,
  redirects: 5,
  spacingMs: 0,
};

/** Longer than any test: what ends under these was ended by something else. */
export const endless: FetchLimits = { ...testLimits, connectMs: 600_000, idleMs: 600_000, totalMs: 600_000 };
