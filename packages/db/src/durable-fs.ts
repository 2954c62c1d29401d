import fs from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type Options = Parameters<NodeFS["init"]>[1];
type Module = Parameters<NonNullable<Options["preRun"]>[number]>[0];

/** What Emscripten gives a file that PostgreSQL has open: `nfd` is Node's descriptor of it. */
type Stream = { nfd?: number };
type StreamOperations = { fsync?: (stream: Stream) => number };

// Numbers of errors as WASI has them, which is what PostgreSQL sees.
const wasiErrors: Readonly<Record<string, number>> = { EDQUOT: 19, EIO: 29, ENOSPC: 51 };

/**
 * PGlite's files in a folder, with the `fsync` that its own class lacks: without it, Emscripten answers PostgreSQL's
 * calls without doing anything. PostgreSQL decides what is brought to the disk and when: the log before a commit is
 * answered, folders after a file was made or renamed, tables at a checkpoint. PGlite's `fdatasync` never reaches a
 * file system, so `wal_sync_method` must be fsync.
 */
export class DurableNodeFs extends NodeFS {
  override async init(pg: PGlite, options: Options): Promise<{ emscriptenOpts: Options }> {
    const { emscriptenOpts } = await super.init(pg, options);
    const giveSync = (module: Module) => {
      const { stream_ops: operations } = module.NODEFS as unknown as { stream_ops: StreamOperations };
      operations.fsync = syncStream;
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), giveSync] } };
  }
}

function syncStream({ nfd }: Stream): number {
  if (nfd === undefined) return 0;
  try {
    fs.fsyncSync(nfd);
    return 0;
  } catch (error) {
    return wasiErrors[(error as NodeJS.ErrnoException).code ?? ""] ?? 29;
  }
}
