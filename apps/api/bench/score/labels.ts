import fs from "node:fs";
import path from "node:path";
import { hostOf, iocId, normalise } from "@tocsin/core/values";
import type { Listing, Row } from "./listings";
import type { Said } from "./scored";

/** What is known of one value without what the label comes from; `act`: whether an analyst would act on it. */
export type Example = Said & { group: string; act: boolean };

/** Reports of what was; whether it is still bad, others must say. */
const archives = ["volexity", "unit42-iocs", "openioc", "otx-pulses", "misp-circl", "stix-mvt", "ponmocup"];
/** What they hold is gathered from others: they confirm nothing. */
const gathered = new Set(["ipsum", "firehol"]);
/** Facts, no offences. */
const facts = new Set(["tor-exit", "tor-bulk"]);
/** From when on a body is of today. */
const today = Date.UTC(2026, 0);

export function labelled(listings: readonly Listing[], folder: string): Example[] {
  return [
    ...confirmed(listings),
    ...confirmedByHost(listings),
    ...withdrawn(listings),
    ...popular(listings, folder),
    ...archived(listings),
  ];
}

type Place = { row: Row; at: Date };

function places(listings: readonly Listing[], key: (row: Row) => string | null): Map<string, Place[]> {
  const found = new Map<string, Place[]>();
  for (const { feedId, rows, at } of listings) {
    if (facts.has(feedId) || archives.includes(feedId)) continue;
    for (const row of rows) {
      const name = key(row);
      if (name !== null) found.set(name, [...(found.get(name) ?? []), { row, at }]);
    }
  }
  return found;
}

/** Each source that others confirm is left out in turn, as the one that confirms. */
function confirmed(listings: readonly Listing[]): Example[] {
  return [...places(listings, ({ type, value }) => `${type} ${value}`).values()].flatMap((all) =>
    sourcesOf(all).flatMap((source) => {
      const rest = all.filter(({ row }) => row.source !== source && !gathered.has(row.feedId));
      const confirms = all.some(({ row }) => row.source === source && !gathered.has(row.feedId));
      return confirms && rest.length > 0 ? [exampleOf("listed by an independent source", true, rest)] : [];
    }),
  );
}

/** A URL or a name, whose host another source lists in its own way. */
function confirmedByHost(listings: readonly Listing[]): Example[] {
  const byHost = places(listings, ({ type, value }) =>
    type === "url" ? hostOf(value) : type === "domain" || type === "ipv4" ? value : null,
  );
  return [...byHost.values()].flatMap((all) =>
    all.flatMap((place) => {
      const same = all.filter(({ row }) => row.id === place.row.id);
      const others = all.filter(({ row }) => row.id !== place.row.id && row.source !== place.row.source);
      const counts = others.some(({ row }) => !gathered.has(row.feedId)) && sourcesOf(same).length === 1;
      return counts && same[0] === place ? [exampleOf("its host listed by an independent source", true, same)] : [];
    }),
  );
}

const sourcesOf = (all: readonly Place[]) => [...new Set(all.map(({ row }) => row.source))];

const latestOf = (all: readonly { at: Date }[]) => new Date(Math.max(...all.map(({ at }) => at.getTime())));

function exampleOf(group: string, act: boolean, all: readonly Place[]): Example {
  return {
    group,
    act,
    said: all.map(({ row }) => row),
    at: latestOf(all),
  };
}

/** Servers of a tracker that its later list has no more, as of that list. */
function withdrawn(listings: readonly Listing[]): Example[] {
  return listings.flatMap(({ feedId, source, rows, at }) => {
    const later = listings.find((other) => other.source === source && tracks(other.feedId, feedId) && other.at > at);
    if (!later) return [];
    const kept = new Set(later.rows.map(({ id }) => id));
    return rows
      .filter(({ id }) => !kept.has(id))
      .map((row) => ({ group: "off its tracker's later list", act: false, said: [row], at: later.at, listedAt: at }));
  });
}

/** Whole lists of what stands now, in two formats. */
const tracks = (one: string, other: string) => one.startsWith("feodo-") && other.startsWith("feodo-");

/** What a tracker found online and offline, scored without that word: how well the rest foretells it. */
export function looked(listings: readonly Listing[]): Example[] {
  return listings.flatMap(({ rows, at }) => {
    const states = new Set(rows.map(({ active }) => active));
    if (!states.has(true) || !states.has(false)) return [];
    return rows.flatMap((row) =>
      row.active === null ? [] : [{ group: "found online", act: row.active, said: [{ ...row, active: null }], at }],
    );
  });
}

/** Popular and special names and networks, in the place of the values of rows that stand all over the bodies. */
function popular(listings: readonly Listing[], folder: string): Example[] {
  const values = fs.readdirSync(folder).flatMap((file) => namesOf(path.join(folder, file)));
  const rows = listings.flatMap((listing) => (facts.has(listing.feedId) ? [] : placesOf(listing)));
  const step = Math.max(1, Math.floor(values.length / 1_000));
  return values
    .filter((_, index) => index % step === 0)
    .flatMap(({ value, list, type }, index) => {
      const fitting = rows.filter(({ row }) => (type === "domain" ? row.type !== "ipv4" : row.type === "ipv4"));
      const drawn = fitting[(index * 7_919) % fitting.length];
      return drawn ? [{ group: `popular or special: ${list}`, act: false, ...planted(drawn, type, value) }] : [];
    });
}

type Popular = { value: string; list: string; type: "domain" | "ipv4" | "ipv6" };

function namesOf(file: string): Popular[] {
  const { type, list } = JSON.parse(fs.readFileSync(file, "utf8")) as { type: string; list: string[] };
  return list.flatMap((text) => {
    const stated = type !== "cidr" ? "domain" : text.includes(":") ? "ipv6" : "ipv4";
    const ioc = normalise(stated, text);
    return ioc.ok ? [{ value: ioc.value, list: path.basename(file, ".json"), type: stated }] : [];
  });
}

const placesOf = ({ rows, at }: Listing): Place[] =>
  rows.filter(({ type }) => ["domain", "url", "ipv4"].includes(type)).map((row) => ({ row, at }));

function planted({ row, at }: Place, stated: Popular["type"], value: string): Said {
  const type = stated === "ipv6" ? stated : row.type;
  const written = type === "url" ? `https://${value}/` : value;
  return { said: [{ ...row, id: iocId(type, written), type, value: written, company: 0 }], at };
}

/** A report is of its own time, however often the archive is read. */
const reported = (row: Row) => ({ said: [row], listedAt: new Date(row.lastSeen) });

/** As of today, but for what a list of today has, too. */
function archived(listings: readonly Listing[]): Example[] {
  const current = listings.filter(({ feedId, at }) => !archives.includes(feedId) && at.getTime() >= today);
  const listed = new Set(current.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const now = latestOf(current);
  return listings.flatMap(({ feedId, file, dated, rows }) => {
    const year = Number(/^(20\d{2})-\d{2}/.exec(file)?.[1] ?? Number.NaN);
    if (!archives.includes(feedId) || (!dated && Number.isNaN(year))) return [];
    return rows
      .filter(({ id }) => !listed.has(id))
      .map((row) => ({
        group: "only in an archive",
        act: false,
        ...reported(dated ? row : { ...row, firstSeen: Date.UTC(year, 6), lastSeen: Date.UTC(year, 6) }),
        at: now,
      }));
  });
}
