import { AppError } from "../errors";
import { mapInSlices, type Turn } from "../lib";
import { warninglistsOf } from "../warninglists";
import { type DraftRow, type ReadDraft, readDraft } from "./read-draft";
import type { AddedIndicators, AddIndicatorsInput, IndicatorResult } from "./shape";
import { batchRows, countOutcomes, type Writer, type Written, writeDrafts } from "./write-drafts";

/**
 * Adds one indicator or many, or says something else of those that are there; each has a result of its own. One alone that is
 * refused throws `invalid_parameter` or `indicator_limit_reached`.
 */
export async function addIndicators(ctx: Writer, input: AddIndicatorsInput, take?: Turn): Promise<AddedIndicators> {
  const { indicators, ...one } = input;
  const results = await saveDrafts(ctx, indicators ?? [one], { event: true, take });
  const [first] = results;
  if (indicators === undefined && first?.error) {
    const { code, fields } = first.error;
    throw new AppError(code, { details: { fields } });
  }
  return {
    meta: {
      generated_at: ctx.now().toISOString(),
      feed_version: "1.0",
      source: ctx.instance.name,
      total: results.length,
      ...countOutcomes(results),
    },
    data: results,
  };
}

/** What becomes of each item. Of several with one value the last counts, as if they had come one after the other. */
export async function saveDrafts(
  ctx: Writer,
  items: readonly unknown[],
  { event, take }: { event: boolean; take?: Turn | undefined },
): Promise<IndicatorResult[]> {
  const warninglists = warninglistsOf(ctx);
  const now = ctx.now();
  const read = await mapInSlices(items, (item) => readDraft(item, warninglists, now), take);
  const rows = new Map<string, DraftRow>();
  for (const draft of read) if (draft.ok) rows.set(draft.row.id, draft.row);
  const distinct = [...rows.values()];
  const written = new Map<string, Written>();
  for (let at = 0; at < distinct.length; at += batchRows) {
    for (const [id, one] of await writeDrafts(ctx, distinct.slice(at, at + batchRows), { event })) written.set(id, one);
  }
  return read.map((draft, index) => resultOf(draft, index, written));
}

function resultOf(draft: ReadDraft, index: number, written: ReadonlyMap<string, Written>): IndicatorResult {
  const nothing = { id: null, type: null, value: null };
  if (!draft.ok) return { index, outcome: "refused", ...nothing, error: draft.error };
  const { id, type, value } = draft.row;
  const one = written.get(id) ?? { outcome: "unchanged" as const };
  if (one.outcome === "refused") return { index, outcome: "refused", ...nothing, error: one.error };
  return { index, outcome: one.outcome, id, type, value, error: null };
}
