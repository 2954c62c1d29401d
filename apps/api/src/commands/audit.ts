import { type ChainReport, type Checkpoint, listChains, parseCheckpoint, verifyChain } from "@tocsin/core/audit";
import { progressLine, table } from "../process/terminal";
import { type Command, type CommandCall, readArgs, UsageError } from "./command";

type Named = ChainReport & { name: string };

/** `audit verify`: walks along the chains of the audit log and names the first event that is not as it was written. */
export const auditCommand: Command = {
  usage: "audit verify [--workspace <slug>] [--checkpoint <tac1…>]…",
  summary: "prove that no event of the audit log was edited, deleted, reordered, inserted or cut off",
  run: async (call) => {
    const [action, ...args] = call.args;
    if (action !== "verify") throw new UsageError("audit: say verify");
    const { values } = readArgs(args, {
      workspace: { type: "string" },
      checkpoint: { type: "string", multiple: true },
    });
    const checkpoints = (values.checkpoint ?? []).map(readCheckpoint);
    const chains = await chosenChains(call, values.workspace, checkpoints);
    const reports: Named[] = [];
    for (const [index, { id, name }] of chains.entries()) {
      const progress = createProgress(call, `${index + 1}/${chains.length} ${name}`);
      reports.push({
        ...(await verifyChain(call.deps.context, id, { checkpoints, onProgress: progress.update })),
        name,
      });
      progress.end();
    }
    print(call, reports);
    return reports.some((report) => report.problem) ? 1 : 0;
  },
};

function readCheckpoint(text: string): Checkpoint {
  const checkpoint = parseCheckpoint(text);
  if (checkpoint) return checkpoint;
  throw new UsageError("--checkpoint: give the word that the log shows after `checkpoint`, beginning with tac1.");
}

/** The workspace named by its slug, or every chain that the database or a given checkpoint names. */
async function chosenChains(call: CommandCall, slug: string | undefined, checkpoints: readonly Checkpoint[]) {
  const known = await call.deps.db.prisma.workspace.findMany({ select: { id: true, slug: true } });
  if (slug !== undefined) {
    const found = known.find((workspace) => workspace.slug === slug);
    if (!found) throw new UsageError(`there is no workspace ${slug}`);
    return [{ id: found.id, name: slug }];
  }
  const names = new Map(known.map((workspace) => [workspace.id, workspace.slug]));
  const ids = new Set<string | null>([...(await listChains(call.deps.context)), ...names.keys()]);
  for (const { workspaceId } of checkpoints) ids.add(workspaceId);
  return [...ids].map((id) => ({ id, name: id === null ? "(instance)" : (names.get(id) ?? id) }));
}

function createProgress({ terminal, json }: CommandCall, title: string) {
  const line = progressLine(terminal, json);
  const update = (done: number, total: number) =>
    line.update(`${title}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} events`, done >= total);
  return { update, end: line.end };
}

function print({ terminal, json }: CommandCall, reports: readonly Named[]): void {
  const broken = reports.filter((report) => report.problem);
  if (json) {
    const data = reports.map(({ name, workspaceId, events, head, checkpoints, problem }) => ({
      chain: name,
      workspace_id: workspaceId,
      events,
      head,
      checkpoints,
      problem: problem && { kind: problem.kind, seq: problem.seq, event_id: problem.event, text: problem.explanation },
    }));
    terminal.out(`${JSON.stringify({ ok: broken.length === 0, data })}\n`);
    return;
  }
  const rows = reports.map(({ name, events, checkpoints, problem }) => [
    name,
    String(events),
    String(checkpoints),
    problem ? problem.kind.toUpperCase().replace("_", " ") : "ok",
  ]);
  terminal.out(table(["chain", "events verified", "checkpoints", "result"], rows));
  for (const { name, problem } of broken) {
    terminal.err(`${name}: ${problem?.explanation}${problem?.event ? ` (event id ${problem.event})` : ""}\n`);
  }
}
