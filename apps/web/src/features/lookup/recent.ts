export type Recent = { value: string; type: string; score: number | null };

const most = 8;

/** The lookups with `latest` in front, each value once. */
export function withLatest(recents: readonly Recent[], latest: Recent): Recent[] {
  return [latest, ...recents.filter((each) => each.value !== latest.value)].slice(0, most);
}
