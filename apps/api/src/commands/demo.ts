import { type Authorized, authenticated, type SystemCaller } from "@tocsin/core/access";
import { type Call, noOrigin } from "@tocsin/core/context";
import { loadSample, removeSample } from "@tocsin/core/sample";
import { feedStandings } from "../settings/feed-standings";
import { type Command, type CommandCall, readArgs, UsageError } from "./command";

/** `demo load|remove`: the sample set, as the dashboard loads and removes it. */
export const demoCommand: Command = {
  usage: "demo load [--workspace <slug>] | demo remove",
  summary: "load the sample set, for an instance without a network, or remove it",
  run: async (call) => {
    const [action, ...args] = call.args;
    if (action === "load") return load({ ...call, args });
    if (action === "remove") return remove({ ...call, args });
    throw new UsageError("demo: say load or remove");
  },
};

async function load(call: CommandCall): Promise<number> {
  const { values } = readArgs(call.args, { workspace: { type: "string" } });
  const ctx = systemCall(call, await workspaceOf(call, values.workspace));
  const { data } = await loadSample(ctx, await feedStandings(call.deps.context));
  if (call.json) call.terminal.out(`${JSON.stringify({ data })}\n`);
  else {
    const { iocs, articles, keys, watchlists } = data;
    const what = `${iocs} indicators, ${articles} articles, ${keys} keys without a usable secret, ${watchlists} watchlist${watchlists === 1 ? "" : "s"}`;
    call.terminal.out(
      data.already
        ? "The sample set is loaded already; nothing has changed.\n"
        : `The sample set is loaded: ${what}.\n${data.notes.map((note) => `Left out: ${note}.\n`).join("")}\`demo remove\` removes it without a trace in what feeds brought.\n`,
    );
  }
  return 0;
}

async function remove(call: CommandCall): Promise<number> {
  readArgs(call.args, {});
  const { data } = await removeSample(systemCall(call, null), await feedStandings(call.deps.context));
  if (call.json) call.terminal.out(`${JSON.stringify({ data })}\n`);
  else {
    const { iocs, withdrawn, articles, keys } = data;
    call.terminal.out(
      iocs + articles + keys === 0
        ? "There is no sample set to remove.\n"
        : `The sample set is removed: ${withdrawn} indicators withdrawn, ${iocs - withdrawn} left to the feeds that report them too, ${articles} articles and ${keys} keys deleted.\n`,
    );
  }
  return 0;
}

/** The workspace named by its slug, or the only one; null where there is none yet, and only indicators and articles come. */
async function workspaceOf({ deps }: CommandCall, slug: string | undefined): Promise<string | null> {
  const found = await deps.db.prisma.workspace.findMany({
    where: slug === undefined ? {} : { slug },
    orderBy: { createdAt: "asc" },
    take: 20,
    select: { id: true, slug: true },
  });
  if (found.length === 0 && slug !== undefined) throw new UsageError(`there is no workspace ${slug}`);
  if (found.length > 1) throw new UsageError(`--workspace: name one of ${found.map((each) => each.slug).join(", ")}`);
  return found[0]?.id ?? null;
}

function systemCall({ deps }: CommandCall, workspaceId: string | null): Call<Authorized<SystemCaller>> {
  const named = workspaceId === null ? {} : { workspaceId };
  const caller = authenticated<SystemCaller>({ kind: "system", name: "command line", ...named });
  return { ...deps.context, caller, origin: noOrigin };
}
