import fs from "node:fs";
import path from "node:path";
import type { Context } from "@tocsin/core/context";
import type {
  BadLine,
  ClaimedRun,
  QuarantinedFile,
  RunCounts,
  RunProgress,
  Validator,
  Validators,
} from "@tocsin/core/runs";
import { warninglistsOf } from "@tocsin/core/warninglists";
import type { ArticleFeed, FeedDefinition, FeedFile } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { FetchError, toFetchError } from "../fetch/fetch-error";
import { type Fetched, fetchFile } from "../fetch/fetch-file";
import { defaultLimits } from "../fetch/limits";
import { isSameFile, type MirrorFile, mirrorFiles, mirrorKey, readMirrorFile } from "../fetch/mirror";
import { keyOf } from "../fetch/secret";
import { openSpool } from "../fetch/spool";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";
import { taxiiKey, walkCollection } from "../taxii/pages";
import { factsOf } from "./feed-facts";
import { mergeArticles } from "./merge-articles";
import { mergeAttack } from "./merge-attack";
import { type Checked, check, merge } from "./merge-indicators";
import { mergeWarninglist } from "./merge-warninglists";
import { compareFile, judgeWith } from "./quarantine";
import { retract } from "./retract";
import type { RunFeedOptions } from "./run-feed";

/** What a pull has done so far; filled while it runs. */
export type Pull = {
  counts: RunCounts;
  badLines: BadLine[];
  warnings: string[];
  /** Files that were not merged, and why. */
  failures: { file: string; message: string; retryAfterSeconds: number | undefined }[];
  /** Files that were held back for an operator to look at. */
  held: QuarantinedFile[];
  /** Records that their source has taken back. */
  revoked: number;
  /** Sightings that ended by that. */
  ended: number;
  /** Where it is. */
  progress?: RunProgress | undefined;
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

type Source = {
  name: string;
  key: string;
  get: (spoolDir: string) => Promise<Body>;
  /** What comes after it, once it is merged. */
  after?: () => Source[];
};

/**
 * A list is read again after half a day even when it did not change: what it still lists stays seen, and stays valid. A
 * sighting's end moves on by the time of the last reading in full (core/iocs/lifetime), and no lifetime is shorter than
 * a day.
 */
const rereadAfterMs = 43_200_000;
/** What says who is called what stands until it says otherwise; it is read again for what a newer Tocsin takes of it. */
const rereadAttackAfterMs = 30 * 86_400_000;

/** Reads every file of a feed, one after the other, so that the spool holds one body at a time. */
export async function pullFiles(ctx: Context, feed: FeedDefinition, options: Options, pull: Pull): Promise<void> {
  const { mirror, spoolDir } = options.settings;
  const spool = await openSpool(spoolDir);
  const indexes: string[] = [];
  try {
    const mirrored = mirror !== undefined && readsMirror(feed, mirror);
    const sources = mirrored ? await fromMirror(mirror, feed, options, pull) : fromOrigin(feed, options, pull);
    const known = new Set(sources.map(({ name }) => name));
    // An index adds to the list while it is walked. A mirror holds what there is.
    for (const source of sources) {
      await attempt(source.name, options, pull, async () => {
        const more = await pullFile(ctx, feed, source, spool.dir, options, pull);
        if (more === null) return;
        sources.push(...(source.after?.() ?? []));
        if (mirrored || more.length === 0) return;
        indexes.push(source.key);
        for (const file of more) {
          if (known.has(file.name)) continue;
          known.add(file.name);
          // The files of a feed of an operator lie beside its index, and are asked for with the same credentials.
          sources.push(fromWeb(feed, feed.own ? { ...feed.files[0], ...file } : file, options, pull));
        }
      });
    }
    // What an index names and did not come is asked for again by the next pull.
    if (pull.failures.length + pull.held.length > 0) for (const key of indexes) delete pull.validators[key];
    if (pull.revoked > 0) pull.warnings.push(`${pull.revoked} indicators that their source revoked were passed over`);
    if (pull.ended > 0)
      pull.warnings.push(`${pull.ended} values have ended, since their source took back what it said of them`);
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
): Promise<Checked["more"] | null> {
  const { counts } = pull;
  const body = await source.get(spoolDir);
  if (!body) {
    pull.unchanged++;
    return [];
  }
  if (feed.kind === "warninglists" || feed.kind === "attack") {
    const given = { file: source.name, body, counts, badLines: pull.badLines, signal: options.signal };
    await (feed.kind === "attack" ? mergeAttack(ctx, feed, given) : mergeWarninglist(ctx, feed, given));
    counts.files++;
    counts.bytes += body.bytes;
    pull.validators[source.key] = body.validator;
    return [];
  }
  if (feed.kind === "articles") return pullArticles(ctx, feed, { source, body, spoolDir }, options, pull);
  const readable = { file: source.name, path: body.path, layout: await preflight(body, feed.layouts) };
  const checked = await check(readable, {
    signal: options.signal,
    judge: judgeWith(warninglistsOf(ctx)),
    onBytes: (bytes) => report(feed, options, pull, source.name, "check", bytes, body.bytes),
  });
  const compared = compareFile({ ...source, kind: "indicators" }, checked, options.run, options.redact);
  if (compared.held) {
    pull.held.push(compared.held);
    return null;
  }
  const { lines, more, revokedRecords } = checked;
  pull.revoked += checked.revoked;
  const before = counts.lines;
  const progress = () => {
    const share = lines > 0 ? (counts.lines - before) / lines : 1;
    report(feed, options, pull, source.name, "merge", Math.round(body.bytes * share), body.bytes);
  };
  progress();
  await merge(ctx, readable, {
    feed: factsOf(feed),
    pulledAt: options.run.startedAt,
    counts,
    badLines: pull.badLines,
    revokedRecords,
    redact: options.redact,
    signal: options.signal,
    onBatch: progress,
  });
  pull.ended += (await retract(ctx, feed, { revokedRecords, signal: options.signal })).ended;
  counts.files++;
  counts.bytes += body.bytes;
  pull.validators[source.key] = { ...body.validator, readings: compared.readings };
  return more;
}

async function pullArticles(
  ctx: Context,
  feed: ArticleFeed,
  { source, body, spoolDir }: { source: Source; body: NonNullable<Body>; spoolDir: string },
  options: Options,
  pull: Pull,
): Promise<Checked["more"] | null> {
  const { settings, limits, signal, run } = options;
  const { counts, badLines, warnings } = pull;
  const compared = await mergeArticles(ctx, feed, {
    ...{
      file: source.name,
      body,
      spoolDir,
      pulledAt: run.startedAt,
      settings,
      limits,
      signal,
      counts,
      badLines,
      warnings,
    },
    compare: (checked) => compareFile({ ...source, kind: "articles" }, checked, run, options.redact),
    onBatch: (done, all) =>
      report(feed, options, pull, source.name, "merge", Math.round((body.bytes * done) / all), body.bytes),
  });
  if (compared.held) {
    pull.held.push(compared.held);
    return null;
  }
  counts.files++;
  counts.bytes += body.bytes;
  pull.validators[source.key] = { ...body.validator, readings: compared.readings };
  return [];
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

/** A mirror stands in for the network; a feed of an operator, who wrote its address, has a folder there or goes to it. */
function readsMirror(feed: FeedDefinition, mirror: string): boolean {
  return !feed.own || fs.existsSync(path.join(mirror, feed.id));
}

function fromOrigin(feed: FeedDefinition, options: Options, pull: Pull): Source[] {
  return feed.taxii
    ? [fromTaxii(feed, feed.taxii, options, pull)]
    : feed.files.map((file) => fromWeb(feed, file, options, pull));
}

function fromTaxii(feed: FeedDefinition, { collection }: { collection: string }, options: Options, pull: Pull): Source {
  const [{ url, headers = {} }] = feed.files;
  let dir = "";
  const walk = walkCollection(
    { start: url, collection, headers },
    {
      known: options.run.validators[taxiiKey],
      readAt: options.run.startedAt,
      fetch: (file) => fetchOf(feed, file, options, pull, { spoolDir: dir, validator: undefined }),
      remember: (validator) => {
        pull.validators[taxiiKey] = validator;
      },
      warn: (text) => pull.warnings.push(text),
    },
  );
  const page = (): Source => ({
    name: walk.name(),
    key: taxiiKey,
    get: (spoolDir) => {
      dir = spoolDir;
      return walk.next();
    },
    after: () => (walk.more() ? [page()] : []),
  });
  return page();
}

/** One request of a feed, with its key, as far as it may go. */
function fetchOf(
  feed: FeedDefinition,
  file: FeedFile,
  options: Options,
  pull: Pull,
  { spoolDir, validator }: { spoolDir: string; validator: Validator | undefined },
): Promise<Fetched> {
  const { settings, run, signal } = options;
  if (feed.own?.problem) throw new FetchError(feed.own.problem);
  return fetchFile(file, {
    key: keyOf(feed, settings),
    publicOnly: feed.own !== undefined && !settings.privateFeeds,
    maxBytes: feed.maxBytes,
    validator,
    readAt: run.startedAt,
    userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
    limits: { ...defaultLimits, ...options.limits },
    spoolDir,
    signal,
    onBytes: (bytes, total) => report(feed, options, pull, file.name, "fetch", bytes, total),
  });
}

function fromWeb(feed: FeedDefinition, file: FeedFile, options: Options, pull: Pull): Source {
  const { run } = options;
  const known = run.validators[file.name];
  const recent = known && isRecent(known, run, feed);
  const get = async (spoolDir: string): Promise<Body> => {
    const fetched = await fetchOf(feed, file, options, pull, { spoolDir, validator: recent ? known : undefined });
    if (!fetched.changed) return null;
    const { spooled, contentType, validator } = fetched;
    return { path: spooled.path, bytes: spooled.bytes, contentType, validator };
  };
  return { name: file.name, key: file.name, get };
}

function isRecent({ readAt }: Validator, { startedAt }: ClaimedRun, { kind }: FeedDefinition): boolean {
  const ms = kind === "attack" ? rereadAttackAfterMs : rereadAfterMs;
  return startedAt.getTime() - Date.parse(readAt) < ms;
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
  // What lies in the mirror is listed: read again it stays valid, just as what a server still has.
  const recent = known && isRecent(known, run, feed);
  if (recent && isSameFile(file, known)) return null;
  const { spooled, validator } = await readMirrorFile(file, {
    maxBytes: feed.maxBytes,
    spoolDir,
    readAt: run.startedAt,
    signal,
    onBytes: (bytes, total) => report(feed, options, pull, file.name, "fetch", bytes, total),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw toFetchError(error, "the mirror");
  });
  if (recent && spooled.sha256 === known.etag) {
    // Touched or copied anew: the next pull need not look into it, until it is time to read it in full again.
    pull.validators[key] = { ...validator, readAt: known.readAt, readings: known.readings };
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
  file: string,
  phase: RunProgress["phase"],
  bytes: number,
  totalBytes: number | undefined,
): void {
  const { lines, good, bad } = pull.counts;
  pull.progress = { phase, file: storable(file, 200), bytes, total_bytes: totalBytes ?? null };
  const total = totalBytes === undefined ? {} : { totalBytes };
  options.onProgress?.({ feedId: feed.id, phase, bytes, ...total, lines, good, bad });
}
