// TAXII 2.1 §4 and §5, as a client: https://docs.oasis-open.org/cti/taxii/v2.1/taxii-v2.1.html

import { BodyError } from "../definition/layout";
import { FetchError } from "../fetch/fetch-error";
import { isObject } from "../parse/json";
import { type JsonObject, objectsOf, textOf, textsOf } from "../parse/json-joined";

/** Gets one of the server's small documents. */
export type GetDocument = (url: URL) => Promise<unknown>;

const mostRoots = 20;

/**
 * The URL of a collection, with `/` at its end. `start` is a discovery document, an API root, or the collection itself;
 * `wanted` is an id, an alias or a title, and may be empty where only one collection can be read.
 */
export async function findCollection(get: GetDocument, start: URL, wanted: string): Promise<URL> {
  const named = /^(.*\/collections\/[^/]+\/)(?:objects\/|manifest\/)?$/.exec(slashed(start).pathname)?.[1];
  if (named !== undefined) return at(start, named);
  const document = await get(slashed(start));
  if (!isObject(document)) throw new BodyError("the server's answer is no TAXII document");
  if (Array.isArray(document.collections)) return choose([[slashed(start), document]], wanted);
  const roots = rootsOf(document, start);
  const answers: [URL, JsonObject][] = [];
  let failure: unknown;
  for (const root of roots) {
    const url = new URL("collections/", root);
    try {
      const list = await get(url);
      if (isObject(list)) answers.push([url, list]);
    } catch (error) {
      // A server may have API roots that this user may not see.
      failure ??= error;
    }
  }
  if (answers.length === 0) throw failure ?? new BodyError("the server names no API root");
  return choose(answers, wanted);
}

/** Credentials go to one origin alone, so that a document cannot send them elsewhere. */
function rootsOf(document: JsonObject, start: URL): URL[] {
  if (!Array.isArray(document.api_roots) && textOf(document, "default") === "") return [slashed(start)];
  const texts = [textOf(document, "default"), ...textsOf(document, "api_roots")].filter(Boolean);
  const named = texts.flatMap((text) => (URL.canParse(text, start.href) ? [slashed(new URL(text, start)).href] : []));
  const roots = [...new Set(named)].map((href) => new URL(href));
  const own = roots.filter((root) => root.origin === start.origin).slice(0, mostRoots);
  if (own.length === 0 && roots.length > 0) {
    throw new FetchError(`${start.host} names API roots at another address: ${roots[0]?.host}; enter that one`);
  }
  return own;
}

function choose(answers: readonly [URL, JsonObject][], wanted: string): URL {
  const all = answers.flatMap(([url, list]) =>
    objectsOf(list, "collections").map((collection) => ({
      url,
      id: textOf(collection, "id"),
      names: [textOf(collection, "id"), textOf(collection, "alias"), textOf(collection, "title")],
      readable: collection.can_read !== false,
    })),
  );
  const readable = all.filter(({ id, readable: may }) => may && id !== "");
  const found = wanted === "" ? readable : readable.filter(({ names }) => names.includes(wanted));
  const [first, second] = found;
  if (first && (wanted !== "" || !second)) return new URL(`${encodeURIComponent(first.id)}/`, first.url);
  const known = readable.slice(0, 10).map(({ id, names }) => (names[2] ? `${id} (${names[2]})` : id));
  if (readable.length === 0) throw new BodyError("the server has no collection that may be read");
  const problem = wanted === "" ? "name one of the server's collections" : `the server has no collection "${wanted}"`;
  throw new BodyError(`${problem}: ${known.join(", ").slice(0, 400)}`);
}

function slashed(url: URL): URL {
  return url.pathname.endsWith("/") ? url : at(url, `${url.pathname}/`);
}

function at(url: URL, pathname: string): URL {
  const next = new URL(url.origin);
  next.pathname = pathname;
  return next;
}
