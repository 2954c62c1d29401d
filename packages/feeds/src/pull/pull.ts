import type { Context } from "@tocsin/core/context";
import type { FeedFacts } from "@tocsin/core/iocs";
import {
  type BadLine,
  type ClaimedRun,
  maxBadLines,
  type QuarantinedFile,
  type RunCounts,
  type RunProgress,
  type Validator,
} from "@tocsin/core/runs";
import { kinOf } from "../catalog/one-source";
import type { FeedDefinition, FeedKind, FeedOf, FeedSettings } from "../definition/feed";
import type { FetchLimits } from "../fetch/limits";
import { redactor, secretsOf } from "../fetch/secret";
import { storable } from "../parse/storable";

export type FeedProgress = {
  feedId: string;
  phase: RunProgress["phase"] | "done";
  /** Of the file at hand: as sent while it is fetched; records of it while it is parsed. */
  bytes: number;
  totalBytes?: number;
  lines: number;
  good: number;
  bad: number;
};

export type RunFeedOptions = {
  node: string;
  trigger: "schedule" | "manual";
  settings: FeedSettings;
  onProgress?: (progress: FeedProgress) => void;
  signal?: AbortSignal;
  limits?: Partial<FetchLimits>;
};

/** What a pull has done so far; filled while it runs. */
export type Tally = {
  counts: RunCounts;
  badLines: BadLine[];
  warnings: string[];
  /** Files that were not merged, and why. */
  failures: { file: string; message: string; retryAfterSeconds: number | undefined; unreachable: boolean }[];
  /** Files that were not merged and wait for an operator to look at them. */
  quarantined: QuarantinedFile[];
  /** Records that their source has taken back. */
  revoked: number;
  /** Values that are labelled TLP:RED, which no feed may bring. */
  red: number;
  /** Records that were refused since their time cannot be read. */
  unreadTimes: number;
  /** Values of an archive that nothing dates. */
  undated: number;
  /** Records of repositories from before their time. */
  old: number;
  /** Files of repositories that the next pulls fetch. */
  left: number;
  /** Sightings that ended by that. */
  ended: number;
  /** Where it is. */
  progress?: RunProgress | undefined;
  /** Files that are as they were. */
  unchanged: number;
  /** Of every file: those of this pull where it was merged or unchanged, else the old ones. */
  validators: Record<string, Validator>;
};

/** One pull of one feed, which every step of it is given. */
export type Pull<Kind extends FeedKind = FeedKind> = {
  ctx: Context;
  feed: FeedOf<Kind>;
  run: ClaimedRun;
  settings: FeedSettings;
  limits: Partial<FetchLimits> | undefined;
  onProgress: RunFeedOptions["onProgress"];
  /** Ends when the process stops or another node has taken the feed. */
  signal: AbortSignal;
  /** Blots the feed's secrets out of a text. */
  redact: (text: string) => string;
  tally: Tally;
};

export const noCounts: Readonly<RunCounts> = {
  files: 0,
  bytes: 0,
  lines: 0,
  good: 0,
  bad: 0,
  iocsNew: 0,
  iocsChanged: 0,
  sightingsNew: 0,
};

/** A pull that has done nothing yet. */
export function startPull(
  ctx: Context,
  feed: FeedDefinition,
  run: ClaimedRun,
  { settings, limits, onProgress }: RunFeedOptions,
  signal: AbortSignal,
): Pull {
  const tally: Tally = {
    counts: { ...noCounts },
    badLines: [],
    warnings: [],
    failures: [],
    quarantined: [],
    revoked: 0,
    red: 0,
    unreadTimes: 0,
    undated: 0,
    left: 0,
    old: 0,
    ended: 0,
    unchanged: 0,
    validators: { ...run.validators },
  };
  const redact = redactor(...secretsOf(feed, settings));
  return { ctx, feed, run, settings, limits, onProgress, signal, redact, tally };
}

/** What the merge must know of a feed. */
export function factsOf(feed: FeedDefinition, { record }: Pick<ClaimedRun, "record">): FeedFacts {
  const { id, name, category, confidence, tlp, nature, reputation, lifetimeDays } = feed;
  const kin = kinOf(feed);
  return {
    ...{ id, name, category, confidence, tlp, nature, record },
    ...(reputation === undefined ? {} : { reputation }),
    ...(lifetimeDays ? { lifetimeDays } : {}),
    ...(kin.length > 0 ? { kin } : {}),
  };
}

/** Notes where a pull is, and passes it on to whoever watches. */
export function reportProgress(
  { feed, onProgress, tally }: Pick<Pull, "feed" | "onProgress" | "tally">,
  at: { file: string; phase: RunProgress["phase"]; bytes: number; totalBytes: number | undefined },
): void {
  const { lines, good, bad } = tally.counts;
  const { file, phase, bytes, totalBytes } = at;
  tally.progress = { phase, file: storable(file, 200), bytes, total_bytes: totalBytes ?? null };
  const total = totalBytes === undefined ? {} : { totalBytes };
  onProgress?.({ feedId: feed.id, phase, bytes, ...total, lines, good, bad });
}

/** Keeps a bad line for the run's record, which takes the first ones. */
export function noteBadLine({ redact, tally: { badLines } }: Pick<Pull, "redact" | "tally">, bad: BadLine): void {
  if (badLines.length >= maxBadLines) return;
  const { file, line, reason, text } = bad;
  badLines.push({ file, line, reason: storable(redact(reason), 300), text: storable(redact(text), 200) });
}
