import type { FeedFile } from "../feed";

/** The real address and headers of a file, and what must not be seen of them. */
export type Target = { url: URL; headers: Record<string, string> };

const place = "{key}";

export function fillIn(file: FeedFile, key: string | undefined): Target {
  const url = new URL(file.url.replaceAll(place, encodeURIComponent(key ?? "")));
  const headers = Object.entries(file.headers ?? {}).map(([name, value]) => [name, value.replaceAll(place, key ?? "")]);
  return { url, headers: Object.fromEntries(headers) };
}

/** A function that blots the key out of a text, in each of the forms in which a server may give it back. */
export function redactor(key: string | undefined): (text: string) => string {
  if (!key) return (text) => text;
  const base64 = Buffer.from(key).toString("base64").replace(/=+$/, "");
  const forms = [...new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), base64])];
  return (text) => forms.reduce((out, form) => out.replaceAll(form, "***"), text);
}
