import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { FetchError } from "./fetch-error";

type Chunks = AsyncIterable<Uint8Array>;

/**
 * Undoes Content-Encoding (RFC 9110 §8.4), then one layer of gzip that the body itself begins with: vendors serve
 * `.gz` files under any type. A stream that ends within a packed body throws.
 */
export async function* unpack(source: Chunks, contentEncoding: string | undefined): AsyncGenerator<Uint8Array> {
  const encodings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  let chunks = source;
  for (const name of encodings.filter((encoding) => encoding !== "" && encoding !== "identity").reverse()) {
    chunks = decode(chunks, name);
  }
  const { head, whole } = await peek(chunks);
  yield* head[0] === 0x1f && head[1] === 0x8b ? through(whole, zlib.createGunzip()) : whole;
}

async function* decode(source: Chunks, encoding: string): AsyncGenerator<Uint8Array> {
  const { head, whole } = await peek(source);
  // An empty body is empty, whatever it claims to be packed with.
  if (head.length === 0) return;
  yield* through(whole, decoderOf(encoding, head));
}

function decoderOf(encoding: string, head: Uint8Array): Transform {
  if (encoding === "gzip" || encoding === "x-gzip") return zlib.createGunzip();
  if (encoding === "br") return zlib.createBrotliDecompress();
  // Some servers send raw deflate where the RFC asks for the zlib wrapper.
  if (encoding === "deflate") return ((head[0] ?? 0) & 15) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  throw new FetchError(`the body is packed in an unknown way (${encoding.slice(0, 20)})`);
}

async function* through(source: Chunks, transform: Transform): AsyncGenerator<Uint8Array> {
  // A broken source destroys the transform, so the loop below throws the same error.
  pipeline(source, transform).catch(() => {});
  yield* transform as Chunks;
}

/** The first bytes, at least two if there are so many, and all of the stream again. */
async function peek(source: Chunks): Promise<{ head: Uint8Array; whole: Chunks }> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < 2) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
    size += next.value.length;
  }
  return { head: Buffer.concat(first), whole: replay(first, iterator) };
}

async function* replay(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
