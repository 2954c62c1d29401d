import { invalidParameter } from "@tocsin/core/errors";

const maxDepth = 32;

/** Where in an input something stands: the name or number of a member, and what that is a member of. */
type Place = { name: string | number; of: Place | null };
type Open = { value: unknown; place: Place | null; depth: number };

/** Refuses what no field may hold: NUL, half of a surrogate pair, and nesting that nobody means. */
export function checkText(input: unknown): void {
  const open: Open[] = [{ value: input, place: null, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value === "string") checkString(next.value, next.place);
    else if (typeof next.value === "object" && next.value !== null) openMembers(next.value, next, open);
  }
}

// Pushed one by one: a list has more members than a call takes.
function openMembers(value: object, { place, depth }: Open, open: Open[]): void {
  if (depth === maxDepth) {
    throw invalidParameter({ field: fieldOf(place), problem: "is nested too deeply", allowed: `${maxDepth} levels` });
  }
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      if (typeof inner === "string" || (typeof inner === "object" && inner !== null)) {
        open.push({ value: inner, place: { name: index, of: place }, depth: depth + 1 });
      }
    }
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    checkString(name, place);
    open.push({ value: inner, place: { name, of: place }, depth: depth + 1 });
  }
}

/** `values[3].type`; `body` for the input itself. */
function fieldOf(place: Place | null): string {
  const names: Place["name"][] = [];
  for (let at = place; at; at = at.of) names.unshift(at.name);
  const field = names.reduce<string>(
    (text, name) => (typeof name === "number" ? `${text}[${name}]` : text ? `${text}.${name}` : name).slice(0, 200),
    "",
  );
  return field || "body";
}

function checkString(text: string, place: Place | null): void {
  const problem = text.includes("\0")
    ? "holds a NUL character"
    : /\p{Cs}/u.test(text)
      ? "holds half of a surrogate pair"
      : null;
  if (problem)
    throw invalidParameter({ field: fieldOf(place), problem, allowed: "well-formed Unicode text without NUL" });
}
