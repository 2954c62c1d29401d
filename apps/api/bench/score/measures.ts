import { levelOf, riskLevels } from "@tocsin/core/iocs";

type Scored = { score: number };

/** How often something to act on has the higher score of the two; a tie counts half. */
export function aucOf(acted: readonly Scored[], rest: readonly Scored[]): number {
  const histogram = (scored: readonly Scored[]) => {
    const counts = Array<number>(101).fill(0);
    for (const { score } of scored) counts[score] = (counts[score] ?? 0) + 1;
    return counts;
  };
  const [above, below] = [histogram(acted), histogram(rest)];
  let wins = 0;
  let lower = 0;
  for (const [score, n] of above.entries()) {
    const ties = below[score] ?? 0;
    wins += n * (lower + ties / 2);
    lower += ties;
  }
  return wins / (acted.length * rest.length);
}

/** Of what has each level, how much was to be acted on. */
export function calibrationOf(scored: readonly (Scored & { act: boolean })[]) {
  return riskLevels.map(({ level, from }) => {
    const own = scored.filter(({ score }) => levelOf(score) === level);
    const acted = own.filter(({ act }) => act).length;
    return { level, from, values: own.length, "to act on": own.length === 0 ? "" : `${percent(acted, own.length)} %` };
  });
}

/** In percent. */
export function largestShare(scores: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
  return percent(Math.max(...counts.values()), scores.length);
}

export function sortedBy<T>(rows: readonly T[], key: (row: T) => number): T[] {
  return [...rows].sort((a, b) => key(a) - key(b));
}

const percent = (part: number, whole: number) => Math.round((1_000 * part) / whole) / 10;
