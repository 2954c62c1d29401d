import fs from "node:fs";
import path from "node:path";
import type { Validator } from "@tocsin/core/runs";
import { FetchError } from "./fetch-error";
import { type Spooled, spool } from "./spool";

/** One file of a feed's folder in the mirror. */
export type MirrorFile = { name: string; path: string; bytes: number; mtimeMs: number };

/** What lies beside a download and is none of the feed's data. */
const sidecar = /\.(?:headers|etag|sha256|sha256sum|asc|sig|part|tmp)$/i;

/**
 * The files of `<mirror>/<feed id>`, sorted by name; folders, dotfiles and sidecars are passed over. A link that leads out
 * of the mirror is not followed: whoever may write there could otherwise show any file of this host in a bad line.
 * Throws FetchError when there is nothing to read.
 */
export async function mirrorFiles(
  mirror: string,
  feedId: string,
): Promise<{ files: MirrorFile[]; warnings: string[] }> {
  const root = await fs.promises.realpath(mirror).catch(() => null);
  if (root === null) throw new FetchError("the mirror's folder does not exist");
  const dir = path.join(root, feedId);
  const names = await fs.promises.readdir(dir).catch(() => null);
  if (names === null) throw new FetchError(`the mirror has no folder "${feedId}"`);
  const files: MirrorFile[] = [];
  const warnings: string[] = [];
  for (const name of names.filter((entry) => !entry.startsWith(".") && !sidecar.test(entry)).sort()) {
    const real = await fs.promises.realpath(path.join(dir, name)).catch(() => null);
    if (real === null) warnings.push(`${name} leads nowhere: not read`);
    else if (!real.startsWith(root + path.sep)) warnings.push(`${name} leads out of the mirror: not read`);
    else {
      const stat = await fs.promises.stat(real);
      if (stat.isFile()) files.push({ name, path: real, bytes: stat.size, mtimeMs: stat.mtimeMs });
    }
  }
  if (files.length === 0) throw new FetchError(`the mirror's folder "${feedId}" holds no file`);
  return { files, warnings };
}

/** Validators of mirrored files stand apart: what a folder said is nothing to ask a server about. */
export function mirrorKey(name: string): string {
  return `mirror/${name}`;
}

/** Same size and time of change: taken for the same file without reading it. */
export function isSameFile(file: MirrorFile, validator: Validator | undefined): boolean {
  return validator?.lastModified === stamp(file);
}

function stamp({ bytes, mtimeMs }: MirrorFile): string {
  return `${bytes}@${mtimeMs}`;
}

/** Copies a file into the spool, unpacked, so that both of its readings see the same bytes. */
export async function readMirrorFile(
  file: MirrorFile,
  options: {
    maxBytes: number;
    spoolDir: string;
    readAt: Date;
    signal: AbortSignal;
    onBytes?: (bytes: number, total: number) => void;
  },
): Promise<{ spooled: Spooled; validator: Validator }> {
  let read = 0;
  const spooled = await spool(fs.createReadStream(file.path, { signal: options.signal }), {
    path: path.join(options.spoolDir, "body"),
    maxBytes: options.maxBytes,
    signal: options.signal,
    onBytes: (bytes) => {
      read += bytes;
      options.onBytes?.(read, file.bytes);
    },
  });
  const validator = { etag: spooled.sha256, lastModified: stamp(file), readAt: options.readAt.toISOString() };
  return { spooled, validator };
}
