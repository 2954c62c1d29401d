import { randomUUID } from "node:crypto";
import type { Prisma } from "@tocsin/db";
import { appendEvent } from "../audit";
import { entryKeys, wordsOf } from "../matching";
import { type PastedLine, readPaste, type Wanted } from "./paste";
import { lockEntries, requireWatchlist, type WatchlistCall } from "./require-watchlist";
import type { AddEntriesInput, AddedEntries } from "./shape";

type Held = { id: string; kind: string; value: string; subdomains: boolean; lookalikes: boolean; note: string | null };
type Line = AddedEntries["data"][number];
type Decision = { lines: Line[]; added: Wanted[]; updated: { id: string; wanted: Wanted }[] };

/**
 * Puts the good lines of a paste into a list and says of every other what is wrong. What is there already gets the
 * options and the note that the paste gives it. Throws `not_found`, `invalid_parameter`.
 */
export async function addEntries(ctx: WatchlistCall, input: AddEntriesInput): Promise<AddedEntries> {
  const list = await requireWatchlist(ctx, input.watchlistId);
  const { workspaceId, tier } = ctx.caller;
  const pasted = await readPaste(input);
  return ctx.db.$transaction(async (tx) => {
    // Two that add at once come one after the other, so that each counts what the other has added.
    await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
    const total = await tx.watchlistEntry.count({ where: { watchlist: { workspaceId } } });
    const held = await tx.watchlistEntry.findMany({
      where: { watchlistId: list.id },
      select: { id: true, kind: true, value: true, subdomains: true, lookalikes: true, note: true },
    });
    const decided = decide(pasted, held, { total, most: tier.watchlistEntries });
    const { lines, added, updated } = decided;
    if (!input.dryRun && added.length + updated.length > 0) {
      await write(tx, list.id, decided, ctx.now());
      const target = { type: "watchlist", id: list.id, name: list.name };
      const details = { added: added.length, updated: updated.length };
      await appendEvent(ctx, { action: "watchlist.add_entries", target, details }, tx);
    }
    const count = (outcome: Line["outcome"]) => lines.filter((line) => line.outcome === outcome).length;
    return {
      data: lines,
      meta: {
        added: count("added"),
        updated: count("updated"),
        already: count("already"),
        refused: count("refused"),
        dry_run: input.dryRun,
        entries: total + (input.dryRun ? 0 : added.length),
        entries_limit: tier.watchlistEntries,
      },
    };
  });
}

/** An entry of the list; without an id one that the paste itself adds. */
type Known = Omit<Held, "id"> & { id: string | null };

/** What becomes of each line of a paste. */
export function decide(
  pasted: readonly PastedLine[],
  held: readonly Held[],
  room: { total: number; most: number },
): Decision {
  const known = new Map<string, Known>(held.map((entry) => [nameOf(entry), entry]));
  const decision: Decision = { lines: [], added: [], updated: [] };
  for (const each of pasted) {
    if (!each.ok) {
      decision.lines.push(unreadLine(each));
      continue;
    }
    const { wanted } = each;
    const before = known.get(nameOf(wanted));
    const outcome = outcomeOf(before, wanted, room.total + decision.added.length < room.most);
    if (outcome === "added") decision.added.push(wanted);
    if (outcome === "updated" && before?.id) decision.updated.push({ id: before.id, wanted });
    if (outcome !== "refused") known.set(nameOf(wanted), { ...wanted, id: before?.id ?? null });
    decision.lines.push(decidedLine(each, outcome, room.most));
  }
  return decision;
}

function unreadLine({ line, text, problem, allowed }: Extract<PastedLine, { ok: false }>): Line {
  return { line, text, outcome: "refused", kind: null, value: null, problem, allowed };
}

function decidedLine(
  { line, text, wanted: { kind, value } }: Extract<PastedLine, { ok: true }>,
  outcome: Line["outcome"],
  most: number,
): Line {
  const full = outcome === "refused";
  return {
    line,
    text,
    outcome,
    kind,
    value,
    problem: full ? "the workspace has no room for another entry" : null,
    allowed: full ? `${most} entries in all watchlists together` : null,
  };
}

function outcomeOf(before: Known | undefined, wanted: Wanted, room: boolean) {
  if (!before) return room ? ("added" as const) : ("refused" as const);
  const same =
    before.subdomains === wanted.subdomains &&
    before.lookalikes === wanted.lookalikes &&
    (wanted.note === null || before.note === wanted.note);
  // Of two lines of one paste that name the same the first counts.
  return same || before.id === null ? ("already" as const) : ("updated" as const);
}

function nameOf({ kind, value }: { kind: string; value: string }): string {
  // Terms are compared by their words alone.
  return `${kind} ${kind === "term" ? wordsOf(value).join(" ") : value}`;
}

/** Writes what was decided; the caller holds the workspace. */
export async function write(
  tx: Prisma.TransactionClient,
  watchlistId: string,
  decision: Decision,
  now: Date,
): Promise<void> {
  const fresh = decision.added.map((wanted) => ({ id: randomUUID(), wanted }));
  const wire = ({ id, wanted }: { id: string; wanted: Wanted }) => ({
    id,
    kind: wanted.kind,
    value: wanted.value,
    ioc_type: wanted.iocType,
    network: wanted.kind === "network" ? wanted.value : null,
    subdomains: wanted.subdomains,
    lookalikes: wanted.lookalikes,
    note: wanted.note,
  });
  const rows = JSON.stringify(fresh.map(wire));
  await tx.$executeRaw`
    INSERT INTO watchlist_entry (id, watchlist_id, kind, value, ioc_type, network, subdomains, lookalikes, note, created_at)
    SELECT id, ${watchlistId}::uuid, kind, value, ioc_type, network, subdomains, lookalikes, note, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${rows}::text::jsonb) AS t(id uuid, kind text, value text, ioc_type text, network inet,
      subdomains boolean, lookalikes boolean, note text)`;
  await lockEntries(
    tx,
    watchlistId,
    decision.updated.map(({ id }) => id),
  );
  const changed = JSON.stringify(decision.updated.map(wire));
  // With other options it is compared anew.
  await tx.$executeRaw`
    UPDATE watchlist_entry e SET subdomains = t.subdomains, lookalikes = t.lookalikes, note = COALESCE(t.note, e.note),
      compared_at = CASE WHEN (e.subdomains, e.lookalikes) = (t.subdomains, t.lookalikes) THEN e.compared_at END
    FROM jsonb_to_recordset(${changed}::text::jsonb) AS t(id uuid, subdomains boolean, lookalikes boolean, note text)
    WHERE e.id = t.id`;
  await tx.watchlistKey.deleteMany({ where: { entryId: { in: decision.updated.map(({ id }) => id) } } });
  const keys = [...fresh, ...decision.updated].flatMap(({ id, wanted }) =>
    [...new Set(entryKeys(wanted))].map((key) => ({ key, id })),
  );
  await tx.$executeRaw`
    INSERT INTO watchlist_key (key, entry_id)
    SELECT key, id FROM jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) AS t(key text, id uuid)`;
}
