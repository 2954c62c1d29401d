import { expect } from "vitest";

/** What was tried by kind, and what of it did harm. */
export type Ledger = {
  /** One attack: `problem` is what is wrong with its outcome, null where it was withstood. */
  record: (kind: string, what: string, problem: string | null) => void;
  /** Fails the test with every problem of a kind, and where nothing of it was tried. */
  requireWithstood: (kind: string) => void;
  /** Attacks and failures by kind, as text for the end of a run. */
  table: () => string;
};

export function createLedger(): Ledger {
  const kinds = new Map<string, { attacks: number; failures: string[] }>();
  const of = (kind: string) => {
    const found = kinds.get(kind) ?? { attacks: 0, failures: [] };
    kinds.set(kind, found);
    return found;
  };
  return {
    record: (kind, what, problem) => {
      const entry = of(kind);
      entry.attacks += 1;
      if (problem !== null) entry.failures.push(`${what}: ${problem}`);
    },
    requireWithstood: (kind) => {
      const { attacks, failures } = of(kind);
      expect(failures.slice(0, 40)).toEqual([]);
      expect(attacks).toBeGreaterThan(0);
    },
    table: () => {
      const rows = [...kinds].map(([kind, { attacks, failures }]) => [kind, attacks, failures.length] as const);
      const sum = ["all", rows.reduce((n, [, a]) => n + a, 0), rows.reduce((n, [, , f]) => n + f, 0)] as const;
      const line = (cells: readonly (string | number)[]) =>
        cells.map((cell, n) => (n === 0 ? String(cell).padEnd(16) : String(cell).padStart(9))).join(" ");
      return [["attacks", "count", "failures"], ...rows, sum].map(line).join("\n");
    },
  };
}
