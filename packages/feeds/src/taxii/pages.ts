// TAXII 2.1 §5.4 and §3.5, as a client: pages of a collection's objects, each asking only for what is new.
import fs from "node:fs";
import type http from "node:http";
import type { Validator } from "@tocsin/core/runs";
import type { FeedFile } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { FetchError } from "../fetch/fetch-error";
import type { Fetched } from "../fetch/fetch-file";
import { parse } from "../parse/json";
import { findCollection } from "./find-collection";
import { type Envelope, readEnvelope } from "./read-envelope";

/** The name under which a walk is remembered: `etag` is the collection, `lastModified` the time to go on from. */
export const taxiiKey = "taxii";

/** Objects of a page; a server may give fewer. */
const limit = 1_000;
const mostPages = 100_000;
const mostDocument = 4 * 1024 * 1024;
const mediaType = "application/taxii+json;version=2.1";

export type Page = { path: string; bytes: number; contentType?: string | undefined; validator: Validator };

/** The pages of one pull, one after the other. */
export type TaxiiWalk = {
  /** The next page, in the spool; null where it holds nothing. */
  next: () => Promise<Page | null>;
  /** Whether the last page said that there are more. */
  more: () => boolean;
  name: () => string;
};

type Fetch = (file: FeedFile) => Promise<Fetched>;

export function walkCollection(
  { start, collection, headers }: { start: string; collection: string; headers: Readonly<Record<string, string>> },
  options: {
    known: Validator | undefined;
    readAt: Date;
    fetch: Fetch;
    /** Kept when there was nothing to merge. */
    remember: (validator: Validator) => void;
    warn: (text: string) => void;
  },
): TaxiiWalk {
  const ask = (name: string, url: URL) =>
    options.fetch({ name, url: url.href, headers: { ...headers, Accept: mediaType } });
  const get = async (url: URL) => {
    const { spooled } = whole(await ask("discovery", url));
    if (spooled.bytes > mostDocument) throw new BodyError("the server's document is too large");
    return parse(await fs.promises.readFile(spooled.path, "utf8"));
  };
  let at: URL | null = null;
  const walk: Walk = { page: 0, more: false, from: null, token: null, last: null, safe: null };
  let warned = false;
  const warn = () => {
    if (!warned) options.warn("the server does not say when its objects were added: each pull asks for all of them");
    warned = true;
  };
  const validator = (): Validator => ({
    etag: at?.href,
    lastModified: walk.safe ?? undefined,
    readAt: options.readAt.toISOString(),
    readings: options.known?.readings,
  });
  return {
    name: () => `page ${walk.page + 1}`,
    more: () => walk.more,
    next: async () => {
      if (at === null) {
        at = await findCollection(get, new URL(start), collection);
        if (options.known?.etag === at.href) walk.safe = options.known.lastModified ?? null;
        walk.from = walk.safe;
      }
      const fetched = whole(await ask(`page ${walk.page + 1}`, pageUrl(at, walk)));
      const { path, bytes } = fetched.spooled;
      const envelope = await readEnvelope(path);
      if (!advance(walk, envelope, fetched.headers)) warn();
      if (walk.page > mostPages) throw new FetchError("the collection does not end");
      if (envelope.objects > 0) return { path, bytes, contentType: fetched.contentType, validator: validator() };
      options.remember(validator());
      return null;
    },
  };
}

type Walk = {
  page: number;
  more: boolean;
  /** The walk's filter; what a server without `next` is asked to go on after. */
  from: string | null;
  /** Where the next page begins, in the server's words. */
  token: string | null;
  /** When the last object of the last page was added. */
  last: string | null;
  /** Up to here nothing is missing: what the next pull goes on after. */
  safe: string | null;
};

function pageUrl(collection: URL, { from, token }: Walk): URL {
  const url = new URL("objects/", collection);
  url.searchParams.set("limit", String(limit));
  if (from !== null) url.searchParams.set("added_after", from);
  if (token !== null) url.searchParams.set("next", token);
  return url;
}

/** Takes in what a page says; false where its objects have no times. */
function advance(walk: Walk, { objects, more, next }: Envelope, headers: http.IncomingHttpHeaders): boolean {
  const first = timeOf(headers["x-taxii-date-added-first"]);
  const last = timeOf(headers["x-taxii-date-added-last"]);
  walk.page += 1;
  if (objects > 0 && last !== null) {
    // Objects that were added at the same moment may stand on two pages: the first of them alone is no place to go on.
    if (walk.last !== null && first !== walk.last) walk.safe = walk.last;
    walk.last = last;
  }
  walk.more = more && (objects > 0 || next !== null);
  if (walk.more) turn(walk, next, last);
  else {
    walk.token = null;
    walk.safe = walk.last ?? walk.safe;
  }
  return objects === 0 || last !== null;
}

/** Says where the next page begins: at the server's token, or else after the last object's time. */
function turn(walk: Walk, next: string | null, last: string | null): void {
  if (next !== null) {
    if (next === walk.token) throw new FetchError("the server gives one page twice");
    walk.token = next;
    return;
  }
  if (last === null || last === walk.from) throw new FetchError("the server says that there is more, and not where");
  walk.token = null;
  walk.from = last;
  walk.safe = last;
}

function timeOf(header: string | string[] | undefined): string | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? "";
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/.test(text) ? text : null;
}

function whole(fetched: Fetched): Extract<Fetched, { changed: true }> {
  if (!fetched.changed) throw new FetchError("the server says that nothing changed, which was not asked");
  return fetched;
}
