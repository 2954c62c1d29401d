/** Reads of a page's address: what cannot be used is dropped, so that a mangled link still opens the page. */
type Raw = Record<string, unknown>;

/** `{ [name]: text }`, or `{}` where it is absent or empty. A number is text that the router has parsed. */
export function textParam<N extends string>(search: Raw, name: N, maximum = 2048): { [K in N]?: string } {
  const value = search[name];
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  if (typeof text !== "string") return {};
  const trimmed = text.trim();
  return trimmed === "" || trimmed.length > maximum ? {} : ({ [name]: trimmed } as { [K in N]?: string });
}

/** `{ [name]: one of allowed }`. */
export function choiceParam<N extends string, V extends string>(
  search: Raw,
  name: N,
  allowed: readonly V[],
): { [K in N]?: V } {
  const value = allowed.find((each) => each === search[name]);
  return value === undefined ? {} : ({ [name]: value } as { [K in N]?: V });
}

/** `{ [name]: "a,b" }`: a comma list without repeats and without what is not allowed, in the order of `allowed`. */
export function listParam<N extends string>(search: Raw, name: N, allowed: readonly string[]): { [K in N]?: string } {
  const given = new Set(splitList(typeof search[name] === "string" ? search[name] : undefined));
  const kept = allowed.filter((each) => given.has(each));
  return kept.length === 0 ? {} : ({ [name]: kept.join(",") } as { [K in N]?: string });
}

/** `{ [name]: whole number }` from `minimum` to `maximum`. */
export function numberParam<N extends string>(
  search: Raw,
  name: N,
  minimum: number,
  maximum: number,
): { [K in N]?: number } {
  const raw = search[name];
  const value = typeof raw === "number" || (typeof raw === "string" && raw !== "") ? Number(raw) : Number.NaN;
  if (!Number.isInteger(value) || value < minimum || value > maximum) return {};
  return { [name]: value } as { [K in N]?: number };
}

export function splitList(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
