import type { Context } from "@tocsin/core/context";
import type { BadLine, ClaimedRun, RunCounts, Validator, Validators } from "@tocsin/core/runs";
import type { FeedDefinition, FeedFile } from "./feed";
import { FetchError, toFetchError } from "./fetch/fetch-error";
import { fetchFile } from "./fetch/fetch-file";
import { defaultLimits } from "./fetch/limits";
import { BodyError } from "./layout";
import { isSameFile, type MirrorFile, mirrorFiles, mirrorKey, readMirrorFile } from "./mirror";
import { preflight } from "./preflight";
import type { RunFeedOptions } from "./run-feed";
import { type Checked, check, merge } from "./run-feed-merge";
import { openSpool } from "./spool";

/** What a pull has done so far; filled while it runs. */
export type Pull = {
  counts: RunCounts;
  badLines: BadLine[];
  warnings: string[];
  /** Files that were not merged, and why. */
  failures: { file: string; message: string; retryAfterSeconds: number | undefined }[];
  /** Files that are as they were. */
  unchanged: number;
  /** Of every file: those of this pull where it was merged or unchanged, else the old ones. */
  validators: Record<string, Validator>;
};

type Options = Omit<RunFeedOptions, "signal"> & {
  run: ClaimedRun;
  redact: (text: string) => string;
  signal: AbortSignal;
};

/** A body in the spool, or null for a file that has not changed. */
type Body = { path: string; bytes: number; contentType?: string | undefined; validator: Validator } | null;

type Source = { name: string; key: string; get: (spoolDir: string) => Promise<Body> };

/** A list of what is bad now is read again after half a day even when it did not change, so that its values stay seen. */
const rereadAfterMs = 43_200_000;

/** Reads every file of a feed, one after the other, so that the spool holds one body at a time. */
export async function pullFiles(ctx: Context, feed: FeedDefinition, options: Options, pull: Pull): Promise<void> {
  const { mirror, spoolDir } = options.settings;
  const spool = await openSpool(spoolDir);
  const indexes: string[] = [];
  try {
    const sources =
      mirror === undefined
        ? feed.files.map((file) => fromWeb(feed, file, options, pull))
        : await fromMirror(mirror, feed, options, pull);
    const known = new Set(sources.map(({ name }) => name));
    // An index adds to the list while it is walked. A mirror holds what there is.
    for (const source of sources) {
      await attempt(source.name, options, pull, async () => {
        const more = await pullFile(ctx, feed, source, spool.dir, options, pull);
        if (mirror !== undefined || more.length === 0) return;
        indexes.push(source.key);
        for (const file of more) {
          if (known.has(file.name)) continue;
          known.add(file.name);
          sources.push(fromWeb(feed, file, options, pull));
        }
      });
    }
    // What an index names and did not come is asked for again by the next pull.
    if (pull.failures.length > 0) for (const key of indexes) delete pull.validators[key];
    warnOfShrinking(sources.length, options.run.lastGood, pull);
  } finally {
    await spool.close();
  }
}

async function pullFile(
  ctx: Context,
  feed: FeedDefinition,
  source: Source,
  spoolDir: string,
  options: Options,
  pull: Pull,
): Promise<Checked["more"]> {
  const { counts } = pull;
  const body = await source.get(spoolDir);
  if (!body) {
    pull.unchanged++;
    return [];
  }
  const readable = { file: source.name, path: body.path, layout: await preflight(body, feed.layouts) };
  const { lines, more } = await check(readable, options.signal);
  const { id, name, category, confidence, tlp } = feed;
  const before = counts.lines;
  const progress = () => {
    const share = lines > 0 ? (counts.lines - before) / lines : 1;
    report(feed, options, pull, "parse", Math.round(body.bytes * share), body.bytes);
  };
  progress();
  await merge(ctx, readable, {
    feed: { id, name, category, confidence, tlp },
    pulledAt: options.run.startedAt,
    counts,
    badLines: pull.badLines,
    redact: options.redact,
    signal: options.signal,
    onBatch: progress,
  });
  counts.files++;
  counts.bytes += body.bytes;
  pull.validators[source.key] = body.validator;
  return more;
}

/** Files are independent: what one holds is merged though another is not there. */
async function attempt(file: string, options: Options, pull: Pull, work: () => Promise<void>): Promise<void> {
  options.signal.throwIfAborted();
  try {
    await work();
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof FetchError || error instanceof BodyError)) throw error;
    const retryAfterSeconds = error instanceof FetchError ? error.retryAfterSeconds : undefined;
    pull.failures.push({ file, message: error.message, retryAfterSeconds });
  }
}

function fromWeb(feed: FeedDefinition, file: FeedFile, options: Options, pull: Pull): Source {
  const { settings, run, signal } = options;
  const known = run.validators[file.name];
  const recent = known && run.startedAt.getTime() - Date.parse(known.readAt) < rereadAfterMs;
  const get = async (spoolDir: string): Promise<Body> => {
    const fetched = await fetchFile(file, {
      key: feed.needsKey && settings.keys[feed.needsKey],
      maxBytes: feed.maxBytes,
      validator: recent ? known : undefined,
      readAt: run.startedAt,
      userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
      limits: { ...defaultLimits, ...options.limits },
      spoolDir,
      signal,
      onBytes: (bytes, total) => report(feed, options, pull, "fetch", bytes, total),
    });
    if (!fetched.changed) return null;
    const { spooled, contentType, validator } = fetched;
    return { path: spooled.path, bytes: spooled.bytes, contentType, validator };
  };
  return { name: file.name, key: file.name, get };
}

async function fromMirror(mirror: string, feed: FeedDefinition, options: Options, pull: Pull): Promise<Source[]> {
  let files: MirrorFile[] = [];
  await attempt("TOCSIN_FEED_MIRROR", options, pull, async () => {
    const found = await mirrorFiles(mirror, feed.id);
    files = found.files;
    pull.warnings.push(...found.warnings);
  });
  return files.map((file) => ({
    name: file.name,
    key: mirrorKey(file.name),
    get: (spoolDir) => fromFile(feed, file, spoolDir, options, pull),
  }));
}

async function fromFile(
  feed: FeedDefinition,
  file: MirrorFile,
  spoolDir: string,
  options: Options,
  pull: Pull,
): Promise<Body> {
  const { run, signal } = options;
  const key = mirrorKey(file.name);
  const known: Validators[string] | undefined = run.validators[key];
  if (isSameFile(file, known)) return null;
  const { spooled, validator } = await readMirrorFile(file, {
    maxBytes: feed.maxBytes,
    spoolDir,
    readAt: run.startedAt,
    signal,
    onBytes: (bytes, total) => report(feed, options, pull, "fetch", bytes, total),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw toFetchError(error, "the mirror");
  });
  if (spooled.sha256 === known?.etag) {
    // Touched or copied anew: the next pull need not read it again.
    pull.validators[key] = validator;
    return null;
  }
  return { path: spooled.path, bytes: spooled.bytes, validator };
}

/** Nothing is ever deleted by a pull, and near-empty is normal for some; yet someone should look. */
function warnOfShrinking(files: number, lastGood: number | null, pull: Pull): void {
  const { good, files: read } = pull.counts;
  if (lastGood === null || lastGood <= 1_000 || read < files || good >= lastGood / 100) return;
  pull.warnings.push(`only ${good} records after ${lastGood} in the last good run`);
}

function report(
  feed: FeedDefinition,
  options: Options,
  pull: Pull,
  phase: "fetch" | "parse",
  bytes: number,
  totalBytes: number | undefined,
): void {
  const { lines, good, bad } = pull.counts;
  const total = totalBytes === undefined ? {} : { totalBytes };
  options.onProgress?.({ feedId: feed.id, phase, bytes, ...total, lines, good, bad });
}
