import { fastify } from "fastify";
import { expect, it } from "vitest";
import { fileOf } from "./file-of";

it("stops the query when the client goes away", async () => {
  let ended = false;
  let chunks = 0;
  async function* endless() {
    try {
      for (;;) {
        chunks += 1;
        yield "x".repeat(64 * 1024);
      }
    } finally {
      ended = true;
    }
  }
  const app = fastify();
  app.get("/", async (_request, reply) => {
    const { open, headers } = fileOf({ chunks: endless, contentType: "text/plain", fileName: "endless.txt" });
    return reply.headers(headers).send(await open());
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const abort = new AbortController();
  const response = await fetch(url, { signal: abort.signal });
  const reader = response.body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const held = chunks;
  // A client that does not read is not written to: what is under way fits into the buffers of both ends.
  expect(held).toBeLessThan(500);
  abort.abort();
  await expect.poll(() => ended).toBe(true);
  app.server.closeAllConnections();
  await app.close();
});
