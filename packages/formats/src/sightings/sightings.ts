// STIX 2.1, section 5.2 (sighting); MISP core format, section "Sighting".
import { kindOf, stixId, stixTypeOf } from "@tocsin/core/values";
import { identityId, stixIdentity } from "../stix/fixed-objects";
import { nameUuid } from "../uuid";
import type { SeenAt } from "./seen-at";

type Pages = AsyncIterable<readonly SeenAt[]>;
type About = { readonly instanceName: string; readonly now: Date };
/** What a workspace saw, as a file. */
export type SightingDocument = {
  readonly contentType: string;
  readonly extension: string;
  readonly write: (pages: Pages, about: About) => AsyncIterable<string>;
};

/** The highest count that STIX allows. */
const mostInStix = 999_999_999;

/** A bundle: the identity of the instance, an identity for each place, and a sighting of each indicator by its id. */
export const stixSightings: SightingDocument = {
  contentType: "application/stix+json;version=2.1",
  extension: "json",
  write: async function* (pages, { instanceName, now }) {
    const id = nameUuid(`stix:sightings:${instanceName}:${now.toISOString()}`);
    yield `{"type":"bundle","id":"bundle--${id}","objects":[\n${JSON.stringify(stixIdentity(instanceName))}`;
    const named = new Set<string>();
    for await (const page of pages) {
      const objects = page.flatMap((seen) => {
        const place = seen.place === null || named.has(seen.place) ? [] : [placeOf(seen.place, instanceName)];
        if (seen.place !== null) named.add(seen.place);
        return [...place, ...sightingOf(seen, instanceName)];
      });
      yield objects.map((object) => `,\n${JSON.stringify(object)}`).join("");
    }
    yield "\n]}\n";
  },
};

const placeId = (place: string, instanceName: string) => `identity--${nameUuid(`stix:place:${instanceName}:${place}`)}`;

function placeOf(place: string, instanceName: string) {
  const { created, modified } = stixIdentity(instanceName);
  const id = placeId(place, instanceName);
  return { type: "identity", spec_version: "2.1", id, created, modified, name: place };
}

function sightingOf(seen: SeenAt, instanceName: string) {
  const kind = kindOf(seen.type, seen.value);
  // STIX has no object for an ATT&CK id that is no technique, and so nothing that a sighting could be of.
  if (kind === null) return [];
  const target = `${stixTypeOf(kind)}--${stixId(seen.indicator_id, seen.generation)}`;
  const sighting = {
    type: "sighting",
    spec_version: "2.1",
    id: `sighting--${seen.id}`,
    created_by_ref: identityId(instanceName),
    created: seen.created_at,
    modified: seen.created_at,
    first_seen: seen.seen_at,
    last_seen: seen.seen_at,
    count: Math.min(seen.count, mostInStix),
    sighting_of_ref: target,
    ...(seen.place === null ? {} : { where_sighted_refs: [placeId(seen.place, instanceName)] }),
    ...(seen.comment === null ? {} : { description: seen.comment }),
  };
  return [sighting];
}

/** As MISP's own list of sightings, whose fields `/sightings/add` takes. */
export const mispSightings: SightingDocument = {
  contentType: "application/json; charset=utf-8",
  extension: "json",
  write: async function* (pages) {
    yield '{"response":[';
    let before = "\n";
    for await (const page of pages) {
      for (const { id, value, seen_at: at, place } of page) {
        const date = String(Math.floor(Date.parse(at) / 1_000));
        const sighting = { uuid: id, type: "0", value, date_sighting: date, source: place ?? "" };
        yield `${before}${JSON.stringify({ Sighting: sighting })}`;
        before = ",\n";
      }
    }
    yield "\n]}\n";
  },
};
