import { createQueryCursor } from "../lib";
import type { ArticleSort, ListArticlesInput } from "./shape";

/** A place in the order of a list: after the article with these. `score` counts where the list goes by severity. */
export type ArticlePosition = { readonly score: number; readonly time: Date; readonly id: string };

const cursor = createQueryCursor({ ranked: true, otherQuery: "was made with another query" });

/** An opaque cursor for a place in the list that this query makes. */
export function encodeArticleCursor({ score, time, id }: ArticlePosition, input: ListArticlesInput): string {
  return cursor.encode({ rank: Math.round(score * 10), time, id }, askedOf(input));
}

export type DecodedCursor = { ok: true; position: ArticlePosition } | { ok: false; problem: string };

/** The place that a cursor names, or why it names none here. */
export function decodeArticleCursor(text: string, input: ListArticlesInput): DecodedCursor {
  const decoded = cursor.decode(text, askedOf(input));
  if (!decoded.ok) return decoded;
  const { rank, time, id } = decoded.place;
  return { ok: true, position: { score: rank / 10, time, id } };
}

/** The column that a list goes by, beside the score. */
export function timeColumnOf(sort: ArticleSort): "published_at" | "modified_at" {
  return sort === "modified:desc" ? "modified_at" : "published_at";
}

/** The query as it was asked: the lookback moves on while someone pages. What is shown of an article does not count. */
function askedOf(input: ListArticlesInput): unknown[] {
  return [
    input.q ?? null,
    input.category?.toSorted() ?? null,
    input.severity?.toSorted() ?? null,
    input.min_severity ?? null,
    input.since?.getTime() ?? null,
    input.modified_since?.getTime() ?? null,
    input.time_field,
    input.sort,
    input.has_iocs ?? null,
    input.threat_actor?.toLowerCase() ?? null,
    (input.industry ?? input.industry_tags)?.toSorted() ?? null,
    input.mitre_technique ?? null,
    input.source ?? null,
  ];
}
