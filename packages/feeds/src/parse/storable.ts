/** PostgreSQL's text and jsonb take no NUL and no half of a surrogate pair, which a cut may leave. */
export function storable(text: string, length: number): string {
  return text
    .slice(0, length)
    .replaceAll("\u0000", "␀")
    .replace(/\p{Cs}/gu, "\ufffd");
}
