import leven from "leven";

const longestCompared = 64;

/** The known name that a misspelt one most likely means; null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > longestCompared) return null;
  const text = plain(name);
  const ranked = known.map((each) => ({ each, distance: distanceOf(text, plain(each)) }));
  const [best] = ranked.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.max(1, Math.floor((text.length + 1) / 3)) ? best.each : null;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Of two names, one that is a part of the other is near. */
function distanceOf(a: string, b: string): number {
  return a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a)) ? 1 : leven(a, b);
}
