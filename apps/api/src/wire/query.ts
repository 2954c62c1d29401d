/** The query of a URL, each name with all of its values; `malformed` is the first part that is no percent-encoding. */
export type Query = { values: ReadonlyMap<string, readonly string[]>; malformed: string | null };

export function readQuery(url: string): Query {
  const values = new Map<string, string[]>();
  let malformed: string | null = null;
  for (const { name, value } of partsOf(url)) {
    if (name === null || value === null) malformed ??= name ?? "query";
    else if (!values.get(name)?.push(value)) values.set(name, [value]);
  }
  return { values, malformed };
}

function partsOf(url: string): { name: string | null; value: string | null }[] {
  const start = url.indexOf("?");
  if (start < 0) return [];
  const [text = ""] = url.slice(start + 1).split("#", 1);
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0
        ? { name: decode(part), value: "" }
        : { name: decode(part.slice(0, at)), value: decode(part.slice(at + 1)) };
    });
}

export function decode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}
