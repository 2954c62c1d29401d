// TAXII 2.1 section 3.4: filtering.
import type { Peppers } from "@tocsin/core/context";
import { type AppError, invalidParameter } from "@tocsin/core/errors";
import type { DateAdded } from "@tocsin/core/taxii";
import type { Query } from "../wire/query";
import { decodeCursor, type Filters } from "./cursor";
import { readMilliseconds, readTimestamp } from "./timestamp";

/** Characters of a filter or a cursor; more than a request line holds. */
export const longestParameter = 16_000;
/** Most objects of one page. */
export const maxPage = 1_000;
export const specVersion = "2.1";

/** What a request asks of a collection; null = no such filter. */
export type ObjectQuery = {
  readonly limit: number;
  readonly addedAfter: DateAdded | null;
  /** Where the page before ended. */
  readonly after: DateAdded | null;
  readonly ids: readonly string[] | null;
  readonly types: readonly string[] | null;
  /** Times of `modified` in milliseconds; null = the version that is stored, the first and the last of each object. */
  readonly versions: readonly number[] | null;
  /** Whether objects of STIX 2.1 are among what is asked for. */
  readonly inSpecVersion: boolean;
  /** What the next page must be asked with. */
  readonly filters: Filters;
};

const filterNames = ["added_after", "match[id]", "match[type]", "match[version]", "match[spec_version]"] as const;
type FilterName = (typeof filterNames)[number];

/** Reads the query of a page `of` something; throws `invalid_parameter`. Fields that it does not know are ignored. */
export function readObjectQuery(query: Query, of: string, keys: Peppers): ObjectQuery {
  const one = (name: string) => single(query, name);
  if (query.malformed !== null) throw refuse(query.malformed, "is not percent-encoded right", "UTF-8 in %XX");
  const limit = readLimit(one("limit"));
  const { after, filters } = withCursor(one, of, keys);
  const addedAfter = filters.added_after === undefined ? null : readTimestamp(filters.added_after);
  if (filters.added_after !== undefined && addedAfter === null) {
    throw refuse("added_after", "is no timestamp", "a UTC time such as 2026-01-31T09:30:00.000000Z");
  }
  return {
    limit,
    addedAfter,
    after,
    ids: listOf(filters, "match[id]", identifier, "STIX ids such as indicator--<uuid>, with commas between them"),
    types: listOf(
      filters,
      "match[type]",
      /^[a-z0-9-]{1,250}$/,
      "STIX types such as indicator, with commas between them",
    ),
    versions: versionsOf(filters),
    inSpecVersion:
      listOf(filters, "match[spec_version]", /^\d+\.\d+$/, "versions such as 2.1")?.includes(specVersion) ?? true,
    filters,
  };
}

const identifier = /^[a-z0-9-]{1,250}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The filters of the request; with a cursor they are the cursor's, and the request may only repeat them. */
function withCursor(one: (name: string) => string | undefined, of: string, keys: Peppers) {
  const given: Partial<Record<FilterName, string>> = {};
  for (const name of filterNames) {
    const text = one(name);
    if (text !== undefined) given[name] = text;
  }
  const next = one("next");
  if (next === undefined) return { after: null, filters: given as Filters };
  const cursor = decodeCursor(next, keys);
  const allowed = "the value of `next` on the page before, for the same address and the same filters";
  if (cursor === null || cursor.of !== of) throw refuse("next", "was not given out here", allowed);
  const other = filterNames.find((name) => given[name] !== undefined && given[name] !== cursor.filters[name]);
  if (other !== undefined) throw refuse(other, "is not what `next` was made with", `${allowed}, or none`);
  return { after: cursor.after, filters: cursor.filters };
}

function single(query: Query, name: string): string | undefined {
  const given = query.values.get(name);
  if (given && given.length > 1) throw refuse(name, "is given more than once", "once; values with commas between them");
  if ((given?.[0]?.length ?? 0) > longestParameter) {
    throw refuse(name, "is too long", `at most ${longestParameter} characters`);
  }
  return given?.[0];
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return maxPage;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit < 1)
    throw refuse("limit", "is no number of objects", `a whole number from 1; more than ${maxPage} is ${maxPage}`);
  return Math.min(limit, maxPage);
}

function listOf(filters: Filters, name: FilterName, each: RegExp, allowed: string): readonly string[] | null {
  const text = filters[name];
  if (text === undefined) return null;
  const words = [...new Set(text.split(","))];
  if (words.every((word) => each.test(word))) return words;
  throw refuse(name, "is malformed", allowed);
}

function versionsOf(filters: Filters): readonly number[] | null {
  const text = filters["match[version]"];
  if (text === undefined) return null;
  const allowed = "first, last or times of `modified`, with commas between them; or all, alone";
  const words = text.split(",");
  if (words.includes("all") && words.length > 1) throw refuse("match[version]", "says more than all", allowed);
  if (new Set(words).size < words.length) throw refuse("match[version]", "names a version twice", allowed);
  const times = words.filter((word) => !["first", "last", "all"].includes(word)).map(readMilliseconds);
  if (times.includes(null)) throw refuse("match[version]", "is malformed", allowed);
  return times.length < words.length ? null : times.filter((ms) => ms !== null && !Number.isNaN(ms)).map(Number);
}

function refuse(field: string, problem: string, allowed: string): AppError {
  return invalidParameter({ field, problem, allowed });
}
