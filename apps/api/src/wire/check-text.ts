import { invalidParameter } from "@tocsin/core/errors";

const maxDepth = 32;

type Place = { value: unknown; field: string; depth: number };

/** Refuses what no field may hold: NUL, half of a surrogate pair, and nesting that nobody means. */
export function checkText(input: unknown): void {
  const open: Place[] = [{ value: input, field: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value === "string") checkString(next.value, next.field);
    else if (typeof next.value === "object" && next.value !== null) open.push(...placesIn(next.value, next));
  }
}

function placesIn(value: object, { field, depth }: Place): Place[] {
  if (depth === maxDepth) throw invalidParameter({ field: field || "body", problem: "is nested too deeply" });
  return Object.entries(value).map(([name, inner]) => {
    checkString(name, field);
    return { value: inner, field: nameOf(value, field, name).slice(0, 200), depth: depth + 1 };
  });
}

function nameOf(value: object, field: string, name: string): string {
  if (Array.isArray(value)) return `${field}[${name}]`;
  return field ? `${field}.${name}` : name;
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
