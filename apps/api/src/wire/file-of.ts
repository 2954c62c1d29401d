import { Readable } from "node:stream";

const bufferSize = 64 * 1024;

/** A file that has not been begun. */
export type FileAnswer = {
  headers: Record<string, string>;
  /** The text as it comes; opened at most once, and only when it will be sent. */
  open: () => Promise<Readable>;
  /** How many records it may give, where it costs by them. */
  records?: number;
  /** What tells this text from every other under the address; absent where nobody keeps it. */
  version?: FileVersion;
};

/** `tag` changes with the text; `lastModified` is null where the time says too little. */
export type FileVersion = { tag: string; lastModified: Date | null };

/** A file that is sent as its chunks come. */
export function fileOf(file: {
  chunks: () => AsyncIterable<string>;
  contentType: string;
  fileName: string;
  headers?: Record<string, string>;
  records?: number;
  version?: FileVersion;
}): FileAnswer {
  return {
    headers: {
      "content-type": file.contentType,
      "content-disposition": `attachment; filename="${file.fileName}"`,
      ...file.headers,
    },
    open: () => openChunks(file.chunks()),
    ...(file.records === undefined ? {} : { records: file.records }),
    ...(file.version ? { version: file.version } : {}),
  };
}

/**
 * The first chunk is awaited, so that what goes wrong at the start is still an error answer; a reader that goes away
 * ends the iteration, and with it the query, also while only empty chunks come.
 */
async function openChunks(chunks: AsyncIterable<string>): Promise<Readable> {
  const iterator = chunks[Symbol.asyncIterator]();
  let ahead: IteratorResult<string> | null = await iterator.next();
  const pull = async (stream: Readable) => {
    while (!stream.destroyed) {
      const next = ahead ?? (await iterator.next());
      ahead = null;
      if (next.done) return void stream.push(null);
      if (next.value !== "") return void stream.push(next.value);
    }
  };
  return new Readable({
    highWaterMark: bufferSize,
    read() {
      pull(this).catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
    },
    // Closed is what no query runs for any more.
    destroy(error, done) {
      const over = () => done(error);
      Promise.resolve(iterator.return?.()).then(over, over);
    },
  });
}
