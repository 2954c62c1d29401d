import { z } from "zod";

/** What the check of one file found, before anything of it is merged. */
export type FileFigures = {
  records: number;
  /**
   * Of `sampled` records, how many would not be kept: not readable, never an IOC, or on a warninglist. Of news: not
   * readable, or an article of another site.
   */
  unfit: number;
  sampled: number;
};

/** A good reading of a file, as it is remembered: how many records, and the share of unfit ones from 0 to 1. */
export type Reading = readonly [records: number, unfitShare: number];

/** Good readings of a file that are remembered. */
const mostReadings = 7;

/**
 * A file is quarantined when it has more than `times` the usual records and more than `more` above them, or when `rise` more of
 * it is unfit than usual, and there are so many unfit records at least. A feed of news has tens of items.
 */
const bounds = {
  indicators: { growth: { times: 10, more: 10_000 }, unfitness: { rise: 0.3, least: 20 } },
  articles: { growth: { times: 10, more: 200 }, unfitness: { rise: 0.5, least: 5 } },
} as const;
export type QuarantineKind = keyof typeof bounds;

/** How much further than what an operator accepted a file may be: lists go on growing while someone thinks. */
const acceptedRoom = { records: 1.5, unfitShare: 0.1 } as const;

export const quarantineReasons = ["growth", "unfit"] as const;

/** A file that was quarantined: its figures, what is usual for it, and its first lines. */
export const quarantinedFileShape = z
  .object({
    file: z.string().meta({ description: "The file of the feed.", example: "recent.csv" }),
    reasons: z.array(z.enum(quarantineReasons)).meta({
      description:
        "`growth`: far more records than usual; `unfit`: far more of them are bad, reserved or well-known, or, of news, lead to another site.",
      example: ["growth"],
    }),
    records: z.int().meta({ description: "How many records it has.", example: 120_000 }),
    usual_records: z.int().meta({ description: "How many it usually has.", example: 4_000 }),
    unfit_percent: z.int().meta({ description: "Of 100 records, how many are unfit.", example: 2 }),
    usual_unfit_percent: z.int().meta({ description: "Of 100 records, how many usually are.", example: 1 }),
    first_lines: z.array(z.string()).meta({ description: "Its first lines.", example: ["192.0.2.10"] }),
  })
  .meta({ id: "QuarantinedFile", description: "A file that was quarantined, and why." });
export type QuarantinedFile = z.infer<typeof quarantinedFileShape>;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** What a file usually holds, of its own last good readings, or of its siblings' where it is new; null of the first pull. */
export type Usual = { records: number; unfitShare: number };

export function usualOf(own: readonly Reading[], siblings: readonly (readonly Reading[])[]): Usual | null {
  if (own.length > 0) return medians(own);
  const others = siblings.filter((readings) => readings.length > 0).map(medians);
  if (others.length === 0) return null;
  // A file that an index names for the first time may be as large as the largest that it named before.
  return {
    records: Math.max(...others.map(({ records }) => records)),
    unfitShare: Math.max(...others.map(({ unfitShare }) => unfitShare)),
  };
}

function medians(readings: readonly Reading[]): Usual {
  return {
    records: median(readings.map(([records]) => records)),
    unfitShare: median(readings.map(([, share]) => share)),
  };
}

/** Of an even number the lower one of the middle: a list that has just grown counts as it was. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/**
 * Why a file is quarantined; none where it is as usual, where nothing is usual yet, or where an operator accepted such
 * figures. A file that shrank is no reason: near-empty is normal.
 */
export function decideQuarantine(
  file: FileFigures,
  usual: Usual | null,
  accepted: Pick<QuarantinedFile, "records" | "unfit_percent"> | null,
  kind: QuarantineKind = "indicators",
): QuarantineReason[] {
  if (!usual) return [];
  const { growth, unfitness } = bounds[kind];
  const reasons: QuarantineReason[] = [];
  const share = shareOf(file);
  const grown = file.records > usual.records * growth.times && file.records > usual.records + growth.more;
  const grownAsAccepted = accepted !== null && file.records <= accepted.records * acceptedRoom.records;
  if (grown && !grownAsAccepted) reasons.push("growth");
  const worse = share - usual.unfitShare >= unfitness.rise && share * file.records >= unfitness.least;
  const worseAsAccepted = accepted !== null && share <= accepted.unfit_percent / 100 + acceptedRoom.unfitShare;
  if (worse && !worseAsAccepted) reasons.push("unfit");
  return reasons;
}

/**
 * The readings of a file with the newest one. Of what an operator accepted only one older reading stays beside it, so
 * that what was accepted twice is usual from then on.
 */
export function withReading(before: readonly Reading[], file: FileFigures, accepted: boolean): Reading[] {
  const share = Math.round(shareOf(file) * 1_000) / 1_000;
  return [...before.slice(accepted ? -1 : 1 - mostReadings), [file.records, share]];
}

export function shareOf({ unfit, sampled }: FileFigures): number {
  return sampled === 0 ? 0 : unfit / sampled;
}
