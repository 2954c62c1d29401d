import type { Authorized, KeyCaller } from "@tocsin/core/access";
import type { Context } from "@tocsin/core/context";
import { AppError } from "@tocsin/core/errors";
import { dayMs } from "@tocsin/core/lib";
import {
  type DateAdded,
  findObject,
  type PageQuery,
  type PlacedRecord,
  pageObjects,
  pagePlaces,
} from "@tocsin/core/taxii";
import { type Collection, kindsOf } from "@tocsin/core/values";
import { type StixObject, stixObject, viewOf } from "@tocsin/formats";
import { type FixedItem, fixedObjects, type Item } from "./fixed-objects";
import type { ObjectQuery } from "./object-query";

export type TaxiiContext = Context & { readonly caller: Authorized<KeyCaller> };
export type PageOf<T> = { readonly items: readonly T[]; readonly more: boolean };
export type FullItem = Item & { readonly object: StixObject };

const never = { items: [], more: false } as const;
const beginning: DateAdded = "1970-01-01T00:00:00.000000Z";

/** A page of a collection without what its objects say. */
export async function readManifest(
  ctx: TaxiiContext,
  collection: Collection,
  query: ObjectQuery,
): Promise<PageOf<Item>> {
  const rest = restOf(ctx, collection, query);
  if (rest === null) return never;
  const { items, more } = await pagePlaces(ctx, rest.query);
  const places = items.map(({ id, dateAdded, modified }) => ({ id, dateAdded, version: modified.toISOString() }));
  return { items: [...rest.fixed, ...places], more: rest.more || more };
}

/** A page of a collection. */
export async function readObjects(
  ctx: TaxiiContext,
  collection: Collection,
  query: ObjectQuery,
): Promise<PageOf<FullItem>> {
  const rest = restOf(ctx, collection, query);
  if (rest === null) return never;
  const { items, more } = await pageObjects(ctx, rest.query);
  return { items: [...rest.fixed, ...items.map((item) => fullItem(ctx, item))], more: rest.more || more };
}

/** An object of a collection, if it passes the filters; throws `not_found` where there is none of this id. */
export async function readObject(
  ctx: TaxiiContext,
  collection: Collection,
  id: string,
  query: ObjectQuery,
): Promise<PageOf<FullItem>> {
  const item = fixedObjects(ctx.instance.name).find((one) => one.id === id) ?? (await findItem(ctx, collection, id));
  if (item === null) throw new AppError("not_found", { message: "The collection holds no object with this id." });
  const passes = item.object !== null && query.inSpecVersion && isIn(query, item);
  return { items: passes ? [item as FullItem] : [], more: false };
}

async function findItem(
  ctx: TaxiiContext,
  collection: Collection,
  id: string,
): Promise<(Item & { object: StixObject | null }) | null> {
  if (!/^[a-z-]+--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return null;
  const found = await findObject(ctx, { kinds: collection.kinds, id, after: lookbackOf(ctx) });
  if (found === null) return null;
  const { record, ...place } = found;
  return record === null
    ? { ...place, version: place.modified.toISOString(), object: null }
    : fullItem(ctx, { ...place, record });
}

/** What a page begins with, and what is then asked of the database; null where nothing can pass. */
function restOf(
  ctx: TaxiiContext,
  collection: Collection,
  query: ObjectQuery,
): { fixed: readonly FixedItem[]; more: boolean; query: PageQuery } | null {
  if (!query.inSpecVersion) return null;
  const fixed = fixedObjects(ctx.instance.name).filter((item) => isIn(query, item) && isNamed(query, item.object));
  return {
    fixed: fixed.slice(0, query.limit),
    more: fixed.length > query.limit,
    query: {
      kinds: query.types === null ? collection.kinds : kindsOf(collection, query.types),
      after: latest(afterOf(query), lookbackOf(ctx)),
      ids: query.ids,
      versions: query.versions,
      limit: Math.max(0, query.limit - fixed.length),
    },
  };
}

function fullItem({ instance }: Pick<Context, "instance">, { record, ...place }: PlacedRecord): FullItem {
  const object = stixObject(record, viewOf(instance.name, null, true));
  if (object === null) throw new Error(`${place.id} is published and has no object`);
  return { id: place.id, dateAdded: place.dateAdded, version: place.modified.toISOString(), object };
}

function isIn(query: ObjectQuery, { dateAdded, version }: Item): boolean {
  return dateAdded > afterOf(query) && (query.versions?.includes(Date.parse(version)) ?? true);
}

function isNamed({ ids, types }: ObjectQuery, { id, type }: StixObject): boolean {
  return (ids?.includes(id) ?? true) && (types?.includes(type) ?? true);
}

/** PostgreSQL knows no year 0, and nothing here is older. */
function afterOf({ after, addedAfter }: ObjectQuery): DateAdded {
  return latest(after ?? addedAfter ?? beginning, beginning);
}

function latest(one: DateAdded, other: DateAdded): DateAdded {
  return [one, other].sort()[1] ?? other;
}

/** The tier's lookback: what was added before it is not shown. */
function lookbackOf({ caller, now }: TaxiiContext): DateAdded {
  const floor = new Date(Math.max(0, now().getTime() - caller.tier.iocLookbackDays * dayMs));
  return floor.toISOString().replace("Z", "000Z");
}
