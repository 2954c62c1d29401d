/** The query of a URL, each name with all of its values; `malformed` is the first part that is no percent-encoding. */
export type Query = { values: ReadonlyMap<string, readonly string[]>; malformed: string | null };

export function readQuery(url: string): Query {
  const values = new Map<string, string[]>();
  let malformed: string | null = null;
  const start = url.indexOf("?");
  const text = start < 0 ? "" : url.slice(start + 1).split("#", 1)[0];
  for (const part of (text ?? "").split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = decode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? "" : decode(part.slice(at + 1));
    if (name === null || value === null) {
      malformed ??= name ?? "query";
      continue;
    }
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return { values, malformed };
}

export function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
