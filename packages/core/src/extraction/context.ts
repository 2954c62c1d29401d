/** Longest context of an indicator, in characters. */
export const maxContext = 300;

/** The sentence around a part of a marked line, or the line when it is short; what was defanged stays so. */
export function contextOf(line: string, start: number, end: number): string {
  if (line.length <= maxContext / 2) return show(line);
  const before = line.slice(Math.max(0, start - 140), start);
  const after = line.slice(end, end + 140);
  const from = start - before.length + lastSentence(before);
  const stop = /[.!?](?=\s)/.exec(after);
  const shown = show(line.slice(from, end + (stop ? stop.index + 1 : after.length)));
  return shown.length <= maxContext ? shown : `${shown.slice(0, maxContext - 1)}…`;
}

function lastSentence(before: string): number {
  let at = 0;
  for (const end of before.matchAll(/[.!?]\s+/g)) at = end.index + end[0].length;
  return at;
}

function show(marked: string): string {
  const written = /[\ue000-\ue005]/.test(marked) ? defang(marked) : marked;
  const text = written.replace(/\s+/g, " ").trim();
  return text.length <= maxContext ? text : `${text.slice(0, maxContext - 1)}…`;
}

function defang(marked: string): string {
  return marked
    .replace(/[\ue000\ue003]/g, "[.]")
    .replaceAll("\ue001", "[@]")
    .replaceAll("\ue002", "[:]")
    .replaceAll("/\ue004", "[/]")
    .replaceAll("\ue005", "");
}
