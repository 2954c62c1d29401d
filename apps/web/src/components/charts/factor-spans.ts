export type Factor = { name: string; weight: number; why: string };
export type FactorSpan = Factor & {
  /** Points before this factor, and its own width, both clipped to 0–100. */
  start: number;
  width: number;
};

/** Lays factors end to end, so that they add up to the score; one that takes points away reaches back. */
export function factorSpans(factors: readonly Factor[]): FactorSpan[] {
  let sum = 0;
  return factors.map((factor) => {
    const from = clip(sum);
    sum += factor.weight;
    const to = clip(sum);
    return { ...factor, start: Math.min(from, to), width: Math.abs(to - from) };
  });
}

/** The score that the factors come to. */
export function factorSum(factors: readonly Factor[]): number {
  return clip(factors.reduce((sum, factor) => sum + factor.weight, 0));
}

function clip(points: number): number {
  return Math.min(100, Math.max(0, points));
}
