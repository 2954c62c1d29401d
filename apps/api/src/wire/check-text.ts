import { invalidParameter } from "@tocsin/core/errors";

const maxDepth = 32;

/** Refuses what no field may hold: NUL, half of a surrogate pair, and nesting that nobody means. */
export function checkText(input: unknown): void {
  const open: { value: unknown; field: string; depth: number }[] = [{ value: input, field: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, field, depth } = next;
    if (typeof value === "string") checkString(value, field);
    if (typeof value !== "object" || value === null) continue;
    if (depth === maxDepth) throw invalidParameter({ field: field || "body", problem: "is nested too deeply" });
    for (const [name, inner] of Object.entries(value)) {
      checkString(name, field);
      const shown = Array.isArray(value) ? `${field}[${name}]` : field ? `${field}.${name}` : name;
      open.push({ value: inner, field: shown.slice(0, 200), depth: depth + 1 });
    }
  }
}

function checkString(text: string, field: string): void {
  const problem = text.includes("\0")
    ? "holds a NUL character"
    : /\p{Cs}/u.test(text)
      ? "holds half of a surrogate pair"
      : null;
  if (problem)
    throw invalidParameter({ field: field || "body", problem, allowed: "well-formed Unicode text without NUL" });
}
