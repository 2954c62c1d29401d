/** Most values of one bulk lookup. */
export const mostValues = 1_000;

/** The values of a pasted text, each once, in their order: one a line, or apart by commas, semicolons or tabs. */
export function pastedValues(text: string): string[] {
  const parts = text.split(/[\n\r\t,;]+/).map((part) => part.trim().replace(/^["']|["']$/g, ""));
  return [...new Set(parts.filter((part) => part !== ""))];
}
