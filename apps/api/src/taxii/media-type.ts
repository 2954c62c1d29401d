// TAXII 2.1 section 1.6.8 (media types and versions); RFC 9110 section 12.5.1 (Accept).

export const taxiiType = "application/taxii+json;version=2.1";
export const stixType = "application/stix+json;version=2.1";
export type MediaType = typeof taxiiType | typeof stixType;

type Range = { type: string; version: string | null; weight: number };

/** The type that a client likes best of those offered, the first of equals; null where it takes none of them. */
export function acceptedType(accept: string | undefined, offered: readonly MediaType[]): MediaType | null {
  const ranges = readRanges(accept ?? "");
  if (ranges.length === 0) return offered[0] ?? null;
  let best: { type: MediaType; weight: number } | null = null;
  for (const type of offered) {
    const weight = weightOf(type, ranges);
    if (weight > (best?.weight ?? 0)) best = { type, weight };
  }
  return best?.type ?? null;
}

/** Of the most specific range that a type is in; 0 where it is in none. */
function weightOf(offer: MediaType, ranges: readonly Range[]): number {
  const [type = "", parameter = ""] = offer.split(";");
  const version = parameter.slice("version=".length);
  const rank = (range: Range) => rankOf(range, type, version);
  const matching = ranges.filter((range) => rank(range) > 0).sort((a, b) => rank(b) - rank(a) || b.weight - a.weight);
  return matching[0]?.weight ?? 0;
}

/** How closely a range names a type; 0 where it does not. */
function rankOf(range: Range, type: string, version: string): number {
  if (range.type === "*/*") return 1;
  if (range.type === "application/*") return 2;
  if (range.type !== type) return 0;
  if (range.version === null) return 3;
  return range.version === version ? 4 : 0;
}

function readRanges(accept: string): Range[] {
  return accept
    .split(",")
    .map((part) => part.split(";").map((text) => text.trim().toLowerCase()))
    .filter(([type]) => type !== undefined && type !== "")
    .map(([type = "", ...parameters]) => {
      const of = (name: string) =>
        parameters.map((text) => /^([^=\s]+)\s*=\s*"?([^"]*)"?$/.exec(text)).find((match) => match?.[1] === name)?.[2];
      const weight = Number(of("q") ?? "1");
      return { type, version: of("version") ?? null, weight: Number.isFinite(weight) ? weight : 0 };
    });
}
