import type { FeedFile } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { FetchError } from "../fetch/fetch-error";
import { openSpool } from "../fetch/spool";
import { mergeFile } from "./mergers";
import type { Merged } from "./mergers/merger";
import { filesOf, type PullFile, webFile } from "./origin";
import type { Pull } from "./pull";
import { takeBack } from "./take-back";
import { chooseFiles, reportsSince } from "./tree";

/** Fetches, reads and merges every file of a feed, one after the other, so that one body is in the spool at a time. */
export async function pullFiles(pull: Pull): Promise<void> {
  const { tally } = pull;
  const spool = await openSpool(pull.settings.spoolDir);
  const indexes: string[] = [];
  try {
    const { files, mirrored } = await filesOf(pull, (work) => attempt(pull, "TOCSIN_FEED_MIRROR", work));
    const known = new Set(files.map(({ name }) => name));
    // An index adds to the list while it is walked.
    for (const file of files) {
      await attempt(pull, file.name, async () => {
        const merged = await pullFile(pull, file, spool.dir);
        if (merged.quarantined) return;
        files.push(...(file.after?.() ?? []));
        // A mirror holds what there is.
        if (mirrored || !merged.more?.length) return;
        indexes.push(file.key);
        const chosen = merged.isTree ? chooseFiles(pull, merged.more) : { files: merged.more, left: 0 };
        tally.left += chosen.left;
        files.push(...namedFiles(pull, chosen.files, known));
      });
    }
    // What an index names and did not come is asked for again by the next pull.
    if (tally.failures.length + tally.quarantined.length + tally.left > 0)
      for (const key of indexes) delete tally.validators[key];
    await takeBack(pull);
    warn(pull, files.length);
  } finally {
    await spool.close();
  }
}

/** The files that an index names, but for those that are known, each once. */
function namedFiles(pull: Pull, named: readonly FeedFile[], known: Set<string>): PullFile[] {
  return named.flatMap((file) => {
    if (known.has(file.name)) return [];
    known.add(file.name);
    return [webFile(pull, file)];
  });
}

async function pullFile(pull: Pull, { name, key, version, fetch }: PullFile, spoolDir: string): Promise<Merged> {
  const { tally } = pull;
  const body = await fetch(spoolDir);
  if (!body) {
    const known = tally.validators[key];
    if (known && version !== undefined) tally.validators[key] = { ...known, version };
    tally.unchanged++;
    return { quarantined: null };
  }
  const merged = await mergeFile(pull, { name, key, body, spoolDir, isOfTree: version !== undefined });
  if (merged.quarantined) {
    tally.quarantined.push(merged.quarantined);
    return merged;
  }
  tally.counts.files++;
  tally.counts.bytes += body.bytes;
  const { readings } = merged;
  tally.validators[key] = { ...body.validator, ...(readings && { readings }), ...(version && { version }) };
  return merged;
}

/** Files are independent: what is in one is merged though another is not there. */
async function attempt({ signal, tally }: Pull, file: string, work: () => Promise<void>): Promise<void> {
  signal.throwIfAborted();
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FetchError || error instanceof BodyError)) throw error;
    const retryAfterSeconds = error instanceof FetchError ? error.retryAfterSeconds : undefined;
    const unreachable = error instanceof FetchError && error.unreachable;
    tally.failures.push({ file, message: error.message, retryAfterSeconds, unreachable });
  }
}

/** What is no error, yet someone should look at: nothing is deleted by a pull, and near-empty is normal for some. */
function warn(pull: Pull, files: number): void {
  const { feed, run, tally } = pull;
  const { left, old, revoked, red, unreadTimes, undated, ended, warnings, counts } = tally;
  if (revoked > 0) warnings.push(`${revoked} indicators that their source revoked were passed over`);
  if (red > 0) warnings.push(`${red} values labelled TLP:RED were passed over: RED is for named recipients alone`);
  if (unreadTimes > 0) warnings.push(`${unreadTimes} records whose time cannot be read were left out`);
  if (undated > 0)
    warnings.push(`${undated} values have no date, nor has their file: they are taken to be of ${feed.undated}`);
  if (old > 0)
    warnings.push(
      `${old} records of before ${reportsSince(pull).toISOString().slice(0, 10)} were passed over (TOCSIN_REPORTS_SINCE)`,
    );
  if (left > 0) warnings.push(`${left} more files of the repository are read by the next pulls`);
  if (ended > 0) warnings.push(`${ended} values have ended, since their source took back what it said of them`);
  const { lastGood } = run;
  if (lastGood === null || lastGood <= 1_000 || counts.files < files || counts.good >= lastGood / 100) return;
  warnings.push(`only ${counts.good} records after ${lastGood} in the last good run`);
}
