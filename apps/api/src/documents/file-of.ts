import { Readable } from "node:stream";
import type { OtherAnswer } from "../rest/adapter";

/**
 * A file that is sent as its chunks come. The first is awaited here, so that what goes wrong at the start is still an
 * error answer; a client that goes away ends the iteration, and with it the query.
 */
export async function fileOf(file: {
  chunks: AsyncIterable<string>;
  contentType: string;
  fileName: string;
  headers?: Record<string, string>;
}): Promise<OtherAnswer> {
  const iterator = file.chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  return {
    headers: {
      "content-type": file.contentType,
      "content-disposition": `attachment; filename="${file.fileName}"`,
      ...file.headers,
    },
    body: Readable.from(resume(first, iterator), { objectMode: false, highWaterMark: 64 * 1024 }),
  };
}

async function* resume(first: IteratorResult<string>, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await iterator.next()) if (next.value !== "") yield next.value;
  } finally {
    await iterator.return?.();
  }
}
