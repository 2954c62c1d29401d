// ISO 8601 as Date.toISOString writes it: most of a large document's time would else go there.
const dayMs = 86_400_000;
const dates = new Map<number, string>();
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const three = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, "0"));

/** The same text as `date.toISOString()`. */
export function isoTime(date: Date): string {
  const time = date.getTime();
  const day = Math.floor(time / dayMs);
  let start = dates.get(day);
  if (start === undefined) {
    start = date.toISOString().slice(0, -13);
    if (dates.size > 10_000) dates.clear();
    dates.set(day, start);
  }
  const ms = time - day * dayMs;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${start}${two[hours]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[ms % 1_000]}Z`;
}
