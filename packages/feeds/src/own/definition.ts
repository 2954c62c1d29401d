import type { OwnFeed } from "@tocsin/core/own-feeds";
import { iocTypes } from "@tocsin/core/values";
import { type FeedFile, type IndicatorFeed, megabyte, type OwnSource } from "../definition/feed";
import { ownLayouts } from "./layouts";

/** What a pull or a look at a body needs to know of a feed that an operator described. */
export type OwnFeedSource = Pick<OwnFeed, "url" | "format" | "mapping" | "secret"> & {
  auth: Pick<OwnFeed["auth"], "kind" | "name">;
};

/** A feed that an operator added, as any other feed. */
export function definitionOf(feed: OwnFeed): IndicatorFeed {
  const source = sourceOf(feed);
  return {
    kind: "indicators",
    id: feed.id,
    name: feed.name,
    vendor: new URL(source.files[0].url.replaceAll("{key}", "key")).host,
    homepage: new URL(source.files[0].url.replaceAll("{key}", "key")).origin,
    category: feed.category,
    confidence: feed.confidence,
    tlp: feed.tlp,
    licence: feed.licence,
    // The attributes of events have their own times, and events are never taken out of a feed.
    nature: feed.format === "misp" ? "log" : "list",
    intervalSeconds: feed.interval_seconds,
    ...(feed.lifetime_days === null
      ? {}
      : { lifetimeDays: Object.fromEntries(iocTypes.map((type) => [type, feed.lifetime_days])) }),
    ...source,
  };
}

/** Where a feed's files are and how they are read. */
export function sourceOf(feed: OwnFeedSource): Pick<IndicatorFeed, "files" | "layouts" | "maxBytes" | "own" | "taxii"> {
  const { format, mapping } = feed;
  const url = format === "misp" && feed.url.endsWith("/") ? `${feed.url}manifest.json` : feed.url;
  const headers = headersOf(feed);
  const file: FeedFile = { name: fileName(url, format), url, ...(headers ? { headers } : {}) };
  return {
    files: [file],
    layouts: ownLayouts(format, mapping, folderOf(url)),
    maxBytes: 1_024 * megabyte,
    own: ownSource(feed),
    ...(format === "taxii" ? { taxii: { collection: mapping.collection } } : {}),
  };
}

function headersOf({ auth }: OwnFeedSource): Record<string, string> | null {
  if (auth.kind === "header") return { [auth.name]: "{key}" };
  if (auth.kind === "basic") return { Authorization: "Basic {key}" };
  return auth.kind === "bearer" ? { Authorization: "Bearer {key}" } : null;
}

function ownSource({ auth, secret }: OwnFeedSource): OwnSource {
  if (auth.kind === "none") return { key: undefined, secrets: [], problem: null };
  if (secret === null || secret === "") {
    const problem = "the stored secret no longer opens: enter it again (TOCSIN_SECRET may have changed)";
    return { key: undefined, secrets: [], problem };
  }
  if (auth.kind !== "basic") return { key: secret, secrets: [secret], problem: null };
  const key = Buffer.from(`${auth.name}:${secret}`).toString("base64");
  return { key, secrets: [key, secret], problem: null };
}

/** What the file is called in runs: the end of the URL's path, which holds no secret, or the format. */
function fileName(url: string, format: string): string {
  const name = new URL(url.replaceAll("{key}", "***")).pathname.split("/").filter(Boolean).at(-1) ?? "";
  return /^[\w.-]{1,80}$/.test(name) ? name : `list.${format}`;
}

/** A URL up to the last slash of its path. */
function folderOf(url: string): string {
  const [path = ""] = url.split(/[?#]/, 1);
  return path.slice(0, path.lastIndexOf("/") + 1);
}
