import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/**
 * Answers with a file as its chunks come. The first is awaited before anything is sent, so that what goes wrong at the
 * start is still an error answer; a client that goes away ends the iteration, and with it the query.
 */
export async function sendStream(
  reply: FastifyReply,
  file: { chunks: AsyncIterable<string>; contentType: string; fileName: string; headers?: Record<string, string> },
): Promise<FastifyReply> {
  const iterator = file.chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  reply.headers({
    "content-type": file.contentType,
    "content-disposition": `attachment; filename="${file.fileName}"`,
    ...file.headers,
  });
  return reply.send(Readable.from(resume(first, iterator), { objectMode: false, highWaterMark: 64 * 1024 }));
}

async function* resume(first: IteratorResult<string>, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) if (next.value !== "") yield next.value;
  } finally {
    await iterator.return?.();
  }
}
