/** How the values that a search found stand to what was searched for. */
export type MatchKind = "exact" | "networks" | "similar";

export function matchKind(q: string, values: readonly string[]): MatchKind {
  const wanted = plain(q);
  if (values.some((value) => plain(value) === wanted)) return "exact";
  return values.length > 0 && values.every((value) => /^[0-9a-f.:]+\/[0-9]+$/i.test(value)) ? "networks" : "similar";
}

/** Close enough to tell the same value from another: the server has done the search. */
function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^hxxp/, "http")
    .replace(/[[({]\s*(\.|:|@|dot|at)\s*[\])}]/g, (_, inner: string) =>
      inner === "dot" ? "." : inner === "at" ? "@" : inner,
    )
    .replace(/\/$/, "");
}
