import { analyseIngested, foldTally } from "@tocsin/core/iocs";
import { feeds as builtIn, type FeedProgress, loadOwnFeeds, type RunReport, runFeed } from "@tocsin/feeds";
import { table } from "../process/terminal";
import { type Command, type CommandCall, readArgs, UsageError } from "./command";

/** `ingest <feed…>|--all`: pulls now, whatever the schedule says; a feed that another node is pulling is left to it. */
export const ingestCommand: Command = {
  usage: "ingest <feed…> | ingest --all",
  summary: "pull feeds now",
  run: async (call) => {
    const { values, positionals } = readArgs(call.args, { all: { type: "boolean" } }, Number.POSITIVE_INFINITY);
    if (values.all && positionals.length > 0) throw new UsageError("name feeds, or say --all");
    const feeds = [...builtIn, ...(await loadOwnFeeds(call.deps.context))];
    const unknown = positionals.filter((id) => !feeds.some((feed) => feed.id === id));
    if (unknown.length > 0)
      throw new UsageError(`no such feed: ${unknown.join(", ")}; there are ${feeds.map((feed) => feed.id).join(", ")}`);
    if (!values.all && positionals.length === 0) throw new UsageError("name feeds, or say --all");
    const chosen = values.all ? feeds : feeds.filter((feed) => positionals.includes(feed.id));
    const reports: RunReport[] = [];
    for (const [index, feed] of chosen.entries()) {
      const progress = createProgress(call, `${index + 1}/${chosen.length} ${feed.id}`);
      reports.push(
        await runFeed(call.deps.context, feed, {
          node: call.deps.node,
          trigger: "manual",
          settings: call.deps.feedSettings,
          onProgress: progress.update,
        }),
      );
      progress.end();
      if (!call.json && !call.terminal.tty) call.terminal.err(`${describe(reports.at(-1))}\n`);
    }
    // A worker does both; where there is none, nobody else would.
    while ((await foldTally(call.deps.context)).full);
    await analyseIngested(call.deps.context);
    print(call, reports);
    return reports.some((report) => report.status === "failed" || report.status === "held") ? 1 : 0;
  },
};

/** A bar on a terminal; elsewhere a line when a feed is done. */
function createProgress(call: CommandCall, title: string) {
  const { terminal } = call;
  let drawn = 0;
  if (!terminal.tty || call.json) return { update: () => {}, end: () => {} };
  return {
    update: (progress: FeedProgress) => {
      const now = Date.now();
      if (now - drawn < 100 && progress.phase !== "done") return;
      drawn = now;
      const share =
        progress.phase === "done" ? 1 : progress.totalBytes ? Math.min(1, progress.bytes / progress.totalBytes) : 0;
      const filled = Math.round(share * 24);
      const text = `${title} [${"█".repeat(filled)}${"·".repeat(24 - filled)}] ${progress.phase} ${progress.good.toLocaleString("en")} good, ${progress.bad.toLocaleString("en")} bad`;
      terminal.err(`\r${text.slice(0, terminal.columns - 1)}\x1b[K`);
    },
    end: () => terminal.err("\r\x1b[K"),
  };
}

function print(call: CommandCall, reports: RunReport[]): void {
  if (call.json) {
    call.terminal.out(`${JSON.stringify({ data: reports })}\n`);
    return;
  }
  const rows = reports.map((report) => [
    report.feedId,
    report.status,
    String(report.lines),
    String(report.good),
    String(report.bad),
    String(report.iocsNew),
    String(report.iocsChanged),
    String(report.sightingsNew),
    report.error ?? "",
  ]);
  call.terminal.out(table(["feed", "status", "lines", "good", "bad", "new", "changed", "sightings", "error"], rows));
}

function describe(report: RunReport | undefined): string {
  if (!report) return "";
  const why = report.error ? `: ${report.error}` : "";
  return `${report.feedId}: ${report.status}, ${report.good} good, ${report.bad} bad, ${report.iocsNew} new${why}`;
}
