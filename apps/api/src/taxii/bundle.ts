import { randomUUID } from "node:crypto";
import type { StixObject } from "@tocsin/formats";
import { fixedObjects } from "./fixed-objects";
import type { ObjectQuery } from "./object-query";
import type { FullItem } from "./read-page";

/** The identity and the five markings. */
const mostReferred = 6;

/** Leaves room for what the page's objects refer to, so that the bundle as a whole keeps to the limit. */
export function withRoom(query: ObjectQuery): ObjectQuery {
  return query.limit > mostReferred ? { ...query, limit: query.limit - mostReferred } : query;
}

/** A page as a STIX 2.1 bundle: with what its objects refer to, where the limit has room for it. */
export function bundleOf(items: readonly FullItem[], instanceName: string, limit: number): StixObject {
  const objects = items.map(({ object }) => object);
  const onPage = new Set(objects.map(({ id }) => id));
  const referred = new Set(
    objects.flatMap((object) => [
      object.created_by_ref,
      ...((object.object_marking_refs as string[] | undefined) ?? []),
    ]),
  );
  const missing = fixedObjects(instanceName).filter(({ id }) => referred.has(id) && !onPage.has(id));
  const whole = [...missing.map(({ object }) => object), ...objects];
  const kept = whole.length <= limit ? whole : objects;
  return { type: "bundle", id: `bundle--${randomUUID()}`, ...(kept.length === 0 ? {} : { objects: kept }) };
}
