import fs from "node:fs";
import path from "node:path";
import { dayMs } from "@tocsin/core/lib";
import type { ClaimedRun, Validator } from "@tocsin/core/runs";
import type { FeedFile } from "../definition/feed";
import { FetchError, toFetchError } from "../fetch/fetch-error";
import { type Fetched, fetchFile } from "../fetch/fetch-file";
import { defaultLimits } from "../fetch/limits";
import { isSameFile, type MirrorFile, mirrorFiles, mirrorKey, readMirrorFile } from "../fetch/mirror";
import { keyOf } from "../fetch/secret";
import { taxiiKey, walkCollection } from "../taxii/pages";
import { type Pull, reportProgress } from "./pull";

/** A body in the spool. */
export type Body = { path: string; bytes: number; contentType?: string | undefined; validator: Validator };

/** One file of a feed that is still to be read. `key` is what its validator is stored under. */
export type PullFile = {
  name: string;
  key: string;
  /** What the index that names it says of its body. */
  version?: string | undefined;
  /** Brings it into the spool; null for a file that has not changed. */
  fetch: (spoolDir: string) => Promise<Body | null>;
  /** What comes after it, once it is merged. */
  after?: () => PullFile[];
};

/**
 * A list is read again after half a day even when it did not change: what it still lists stays seen, and stays valid. A
 * sighting's end moves on by the time of the last reading in full (core/iocs/lifetime), and no lifetime is shorter than
 * a day.
 */
const rereadAfterMs = 43_200_000;
/** An archive, and what says who is called what, stand until they say otherwise; read again for what a newer Tocsin takes of them. */
const rereadArchiveAfterMs = 30 * dayMs;

/** The files of a feed, from the mirror where that stands in for the network. A mirror that cannot be read has none. */
export async function filesOf(
  pull: Pull,
  attempt: (work: () => Promise<void>) => Promise<void>,
): Promise<{ files: PullFile[]; mirrored: boolean }> {
  const { feed, settings, tally } = pull;
  const { mirror } = settings;
  if (mirror === undefined || !readsMirror(pull, mirror)) {
    const files = feed.taxii ? [taxiiPage(pull, feed.taxii)] : feed.files.map((file) => webFile(pull, file));
    return { files, mirrored: false };
  }
  let found: MirrorFile[] = [];
  await attempt(async () => {
    const { files, warnings } = await mirrorFiles(mirror, feed.id);
    found = files;
    tally.warnings.push(...warnings);
  });
  return { files: found.map((file) => mirroredFile(pull, file)), mirrored: true };
}

/** A mirror stands in for the network; a feed of an operator, who wrote its address, has a folder there or goes to it. */
function readsMirror({ feed }: Pull, mirror: string): boolean {
  return !feed.own || fs.existsSync(path.join(mirror, feed.id));
}

/**
 * A file on a server. The files of a feed of an operator lie beside its index, and are asked for with the same
 * credentials.
 */
export function webFile(pull: Pull, file: FeedFile): PullFile {
  const { feed, run } = pull;
  const recent = recentOf(pull, run.validators[file.name]);
  const asked = feed.own ? { ...feed.files[0], ...file } : file;
  const fetch = async (spoolDir: string): Promise<Body | null> => {
    const fetched = await fetchFrom(pull, asked, { spoolDir, validator: recent });
    if (!fetched.changed) return null;
    const { spooled, contentType, validator } = fetched;
    return { path: spooled.path, bytes: spooled.bytes, contentType, validator };
  };
  return { name: file.name, key: file.name, version: file.version, fetch };
}

/** A page of a collection, and the pages after it. */
function taxiiPage(pull: Pull, { collection }: { collection: string }): PullFile {
  const { feed, run, tally } = pull;
  const [{ url, headers = {} }] = feed.files;
  let dir = "";
  const walk = walkCollection(
    { start: url, collection, headers },
    {
      known: run.validators[taxiiKey],
      readAt: run.startedAt,
      fetch: (file) => fetchFrom(pull, file, { spoolDir: dir, validator: undefined }),
      remember: (validator) => {
        tally.validators[taxiiKey] = validator;
      },
      warn: (text) => tally.warnings.push(text),
    },
  );
  const page = (): PullFile => ({
    name: walk.name(),
    key: taxiiKey,
    fetch: (spoolDir) => {
      dir = spoolDir;
      return walk.next();
    },
    after: () => (walk.more() ? [page()] : []),
  });
  return page();
}

/** One request of a feed, with its key, as far as it may go. */
function fetchFrom(
  pull: Pull,
  file: FeedFile,
  { spoolDir, validator }: { spoolDir: string; validator: Validator | undefined },
): Promise<Fetched> {
  const { feed, settings, run, signal } = pull;
  if (feed.own?.problem) throw new FetchError(feed.own.problem);
  return fetchFile(file, {
    key: keyOf(feed, settings),
    publicOnly: feed.own !== undefined && !settings.privateFeeds,
    proxies: settings.proxies,
    maxBytes: feed.maxBytes,
    validator,
    readAt: run.startedAt,
    userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
    limits: { ...defaultLimits, ...pull.limits },
    spoolDir,
    signal,
    onBytes: (bytes, totalBytes) => reportProgress(pull, { file: file.name, phase: "fetch", bytes, totalBytes }),
  });
}

function mirroredFile(pull: Pull, file: MirrorFile): PullFile {
  const key = mirrorKey(file.name);
  return { name: file.name, key, fetch: (spoolDir) => fetchMirrored(pull, file, spoolDir) };
}

async function fetchMirrored(pull: Pull, file: MirrorFile, spoolDir: string): Promise<Body | null> {
  const { feed, run, signal, tally } = pull;
  const key = mirrorKey(file.name);
  // What lies in the mirror is listed: read again it stays valid, just as what a server still has.
  const recent = recentOf(pull, run.validators[key]);
  if (recent && isSameFile(file, recent)) return null;
  const { spooled, validator } = await readMirrorFile(file, {
    maxBytes: feed.maxBytes,
    spoolDir,
    readAt: run.startedAt,
    signal,
    onBytes: (bytes, totalBytes) => reportProgress(pull, { file: file.name, phase: "fetch", bytes, totalBytes }),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw toFetchError(error, "the mirror");
  });
  if (recent && spooled.sha256 === recent.etag) {
    // Changed in its time alone, or copied anew: the next pull need not look into it, until it is time to read it in full.
    tally.validators[key] = { ...validator, readAt: recent.readAt, readings: recent.readings };
    return null;
  }
  return { path: spooled.path, bytes: spooled.bytes, validator };
}

/** The validator of the last reading, while it saves reading the file again. */
function recentOf({ feed, run }: Pull, known: Validator | undefined): Validator | undefined {
  return known && isRecent(known, run, isArchive(feed) ? rereadArchiveAfterMs : rereadAfterMs) ? known : undefined;
}

function isArchive({ kind, nature }: Pull["feed"]): boolean {
  return kind === "attack" || (kind === "indicators" && nature === "archive");
}

function isRecent({ readAt }: Validator, { startedAt }: ClaimedRun, ms: number): boolean {
  return startedAt.getTime() - Date.parse(readAt) < ms;
}
