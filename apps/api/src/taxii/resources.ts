// TAXII 2.1 sections 4 and 5: what the endpoints answer with.
import { type Collection, collections } from "@tocsin/core/values";
import { basePathOf } from "../wire/base-path";
import { taxiiApiRoot } from "../wire/taxii-address";
import type { Item } from "./fixed-objects";
import { stixType, taxiiType } from "./media-type";
import type { FullItem, PageOf } from "./read-page";

/** Of a request's body, which nothing here takes: what the whole server reads at most. */
const maxContentLength = 1_048_576;

type Instance = { readonly name: string; readonly publicUrl: string };

/** Absolute where that is https, which is all that the standard allows; else relative to the host that was asked. */
export function apiRootUrl({ publicUrl }: Pick<Instance, "publicUrl">): string {
  const path = `${basePathOf(publicUrl)}${taxiiApiRoot}`;
  return publicUrl.startsWith("https://") ? new URL(path, publicUrl).href : path;
}

export function discovery(instance: Instance) {
  const root = apiRootUrl(instance);
  return {
    title: instance.name,
    description: "Indicators of compromise as STIX 2.1.",
    default: root,
    api_roots: [root],
  };
}

export function apiRootResource(instance: Instance) {
  return {
    title: instance.name,
    description: "Indicators of compromise, read-only.",
    versions: [taxiiType],
    max_content_length: maxContentLength,
  };
}

export function collectionResource({ id, title, description, alias }: Collection) {
  return { id, title, description, alias, can_read: true, can_write: false, media_types: [stixType] };
}

export function collectionsResource() {
  return { collections: collections.map(collectionResource) };
}

/** Lists are never empty: the property is left out. */
export function envelope({ items, more }: PageOf<FullItem>, next: string | null) {
  if (items.length === 0) return {};
  return { more, ...(next === null ? {} : { next }), objects: items.map(({ object }) => object) };
}

export function manifest({ items, more }: PageOf<Item>, next: string | null) {
  if (items.length === 0) return {};
  return {
    more,
    ...(next === null ? {} : { next }),
    objects: items.map(({ id, dateAdded, version }) => ({ id, date_added: dateAdded, version, media_type: stixType })),
  };
}

export function versions({ items }: PageOf<Item>) {
  return items.length === 0 ? {} : { versions: items.map(({ version }) => version) };
}
