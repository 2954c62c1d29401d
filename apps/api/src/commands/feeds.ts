import { circuitStates, type FeedShape, listFeeds } from "@tocsin/core/runs";
import { table } from "../process/terminal";
import { describeKnownFeeds } from "../settings/known-feeds";
import { type Command, readArgs } from "./command";

function statusOf({ held, unreachable, status }: FeedShape): string {
  if (held) return `held back${held.decision ? `, ${held.decision}` : ""}`;
  return unreachable ? "unreachable" : status;
}

/** `feeds`: every feed with its state, its circuit, its last run and when it is due. */
export const feedsCommand: Command = {
  usage: "feeds",
  summary: "list the feeds, how they do and when they are due",
  run: async (call) => {
    readArgs(call.args, {});
    const { context, settings } = call.deps;
    const answer = await listFeeds(context, await describeKnownFeeds(context, settings));
    if (call.json) call.terminal.out(`${JSON.stringify(answer)}\n`);
    else {
      const rows = answer.data.map((feed) => [
        feed.id,
        feed.state,
        feed.circuit === circuitStates[0] ? "" : feed.circuit.replace("_", " "),
        statusOf(feed),
        String(feed.iocs),
        feed.last_success_at ?? "never",
        feed.next_due_at ?? "",
      ]);
      call.terminal.out(table(["feed", "state", "circuit", "status", "values", "last success", "next"], rows));
    }
    return 0;
  },
};
