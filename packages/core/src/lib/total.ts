// How many rows a list has, beside a page of it: what a client shows, not what it pays for.

/**
 * Counted exactly up to here where nothing kept says it. So many entries of an index are read in a few milliseconds, about
 * what the page takes; nobody pages through more.
 */
export const exactCountLimit = 10_000;

/** Counts the rows of a FROM clause with its conditions, no more than one above the limit. */
export function countUpTo(from: string): string {
  return `SELECT count(*)::int AS n FROM (SELECT 1 FROM ${from} LIMIT ${exactCountLimit + 1}) AS counted`;
}

/** What `meta` says of rows that were counted no further than one above the limit. */
export function totalOf(n: number): { total: number; total_exact: boolean } {
  return { total: Math.min(n, exactCountLimit), total_exact: n <= exactCountLimit };
}
