import type { DateAdded } from "@tocsin/core/taxii";
import { tlps } from "@tocsin/core/values";
import { type StixObject, stixIdentity, stixMarking } from "@tocsin/formats";

/** An object of a collection with what it says. */
export type Item = { readonly id: string; readonly dateAdded: DateAdded; readonly version: string };
export type FixedItem = Item & { readonly object: StixObject };

/**
 * What the other objects refer to, the identity and the markings, as the first objects of every collection: whoever reads
 * one from its beginning has them before anything that names them, and meets them once.
 */
export function fixedObjects(instanceName: string): FixedItem[] {
  return [stixIdentity(instanceName), ...tlps.map(stixMarking)].map((object, n) => ({
    id: object.id,
    dateAdded: `2026-01-01T00:00:00.00000${n + 1}Z`,
    version: String(object.modified ?? object.created),
    object,
  }));
}
