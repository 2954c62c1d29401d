import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { dayMs } from "@tocsin/core/lib";
import { FetchError } from "./fetch-error";
import { unpack } from "./unpack";

/** A whole body, unpacked, in a file of ours. */
export type Spooled = {
  path: string;
  /** Unpacked. */
  bytes: number;
  /** Of the body as it came. */
  sha256: string;
  /** There was more of it. */
  cut: boolean;
};

const prefix = "pull-";

/** A new folder in `spoolDir` for one run; folders that a process left behind when it died are removed on the way. */
export async function openSpool(spoolDir: string): Promise<{ dir: string; close: () => Promise<void> }> {
  await fs.promises.mkdir(spoolDir, { recursive: true, mode: 0o700 });
  for (const entry of await fs.promises.readdir(spoolDir)) {
    if (entry.startsWith(prefix)) await removeWhenOld(path.join(spoolDir, entry));
  }
  const dir = await fs.promises.mkdtemp(path.join(spoolDir, prefix));
  return { dir, close: () => fs.promises.rm(dir, { recursive: true, force: true }) };
}

async function removeWhenOld(folder: string): Promise<void> {
  const stat = await fs.promises.stat(folder).catch(() => null);
  if (stat && Date.now() - stat.mtimeMs > dayMs) await fs.promises.rm(folder, { recursive: true, force: true });
}

/**
 * Unpacks a body into a file; throws FetchError beyond `maxBytes`, counted both as sent and unpacked, so that neither a
 * large body nor a small one that unpacks to a large one fills the disk.
 */
export async function spool(
  source: AsyncIterable<Uint8Array>,
  options: {
    path: string;
    maxBytes: number;
    contentEncoding?: string | undefined;
    /** Ends at `maxBytes` unpacked in place of refusing what is larger. */
    headOnly?: boolean;
    signal: AbortSignal;
    onBytes?: (bytes: number) => void;
  },
): Promise<Spooled> {
  const hash = createHash("sha256");
  let bytes = 0;
  let cut = false;
  const packed = capped(source, options.headOnly ? Number.POSITIVE_INFINITY : options.maxBytes, "the body", (chunk) => {
    hash.update(chunk);
    options.onBytes?.(chunk.length);
  });
  const whole = unpack(packed, options.contentEncoding);
  const body = options.headOnly ? headOf(whole, options.maxBytes, () => (cut = true)) : whole;
  const unpacked = capped(body, options.maxBytes, "the unpacked body", (chunk) => {
    bytes += chunk.length;
  });
  await pipeline(unpacked, fs.createWriteStream(options.path, { mode: 0o600 }), { signal: options.signal });
  return { path: options.path, bytes, sha256: hash.digest("hex"), cut };
}

async function* headOf(source: AsyncIterable<Uint8Array>, bytes: number, cut: () => void): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of source) {
    if (chunk.length > left) {
      if (left > 0) yield chunk.subarray(0, left);
      cut();
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

async function* capped(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what: string,
  each: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw new FetchError(`${what} is larger than ${maxBytes} bytes`);
    each(chunk);
    yield chunk;
  }
}

/** The bytes of a body in the spool, in chunks; `onBytes` hears how many of them have been read. */
export async function* readSpooled(path: string, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of fs.createReadStream(path, { highWaterMark: 64 * 1024 })) {
    yield chunk as Uint8Array;
    bytes += (chunk as Uint8Array).length;
    onBytes?.(bytes);
  }
}
