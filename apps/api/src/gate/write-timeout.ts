import net from "node:net";
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * Closes the connection of a client that takes nothing of its answer for `ms`: what is read for it must not be held for
 * ever. While nothing waits to be sent, the answer is not ready yet, and the client is not to blame.
 */
export function watchWriting(request: FastifyRequest, reply: FastifyReply, ms: number): void {
  const { raw } = reply;
  const { socket } = request;
  // An answer of `inject` goes nowhere.
  if (!(socket instanceof net.Socket)) return;
  // Node counts the socket's time from the last byte that the system took.
  raw.setTimeout(ms, () => {
    if (socket.writableLength === 0 && !raw.writableNeedDrain) {
      socket.setTimeout(ms);
      return;
    }
    request.log.info(
      { url: request.routeOptions.url ?? "(none)" },
      "a client does not read its answer: its connection is closed",
    );
    socket.destroy();
  });
}

/** What the system takes off our hands at once, in bytes, whether its client reads or not. */
const littleBytes = 64 * 1024;

/** Whether a client that does not read could make us hold this answer for it. */
export function isMuch(payload: unknown): boolean {
  return typeof payload === "string" || Buffer.isBuffer(payload)
    ? payload.length > littleBytes
    : payload instanceof Readable;
}
