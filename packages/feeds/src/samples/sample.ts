/** What a sample says: every observation in its order, times as text. */
export type Sample = { id: string; file: string; layout: string; says: readonly Readonly<Record<string, unknown>>[] };
