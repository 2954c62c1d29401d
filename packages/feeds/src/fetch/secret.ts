import type { FeedDefinition, FeedFile, FeedSettings } from "../definition/feed";

/** The real address and headers of a file, and what must not be seen of them. */
export type Target = { url: URL; headers: Record<string, string> };

const place = "{key}";

export function fillIn(file: FeedFile, key: string | undefined): Target {
  const url = new URL(file.url.replaceAll(place, encodeURIComponent(key ?? "")));
  const headers = Object.entries(file.headers ?? {}).map(([name, value]) => [name, value.replaceAll(place, key ?? "")]);
  return { url, headers: Object.fromEntries(headers) };
}

/** What goes in the place of `{key}` in the addresses and headers of a feed. */
export function keyOf(feed: FeedDefinition, settings: Pick<FeedSettings, "keys">): string | undefined {
  return feed.own ? feed.own.key : feed.needsKey && settings.keys[feed.needsKey];
}

/** All that must not be seen of what a feed is asked with. */
export function secretsOf(feed: FeedDefinition, settings: Pick<FeedSettings, "keys">): string[] {
  const key = keyOf(feed, settings);
  return [...(key === undefined ? [] : [key]), ...(feed.own?.secrets ?? [])];
}

/** A function that blots keys out of a text, in each of the forms in which a server may give them back. */
export function redactor(...keys: readonly (string | undefined)[]): (text: string) => string {
  const forms = [...new Set(keys.flatMap((key) => (key ? formsOf(key) : [])))].sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((out, form) => out.replaceAll(form, "***"), text);
}

function formsOf(key: string): string[] {
  const base64 = Buffer.from(key).toString("base64").replace(/=+$/, "");
  return [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), base64];
}
