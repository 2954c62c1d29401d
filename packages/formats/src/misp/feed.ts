// MISP feed: manifest.json, one file an event, hashes.csv, as MISP's own feed generator lays them out.
import { hash } from "node:crypto";
import type { IocRecord, SourceDay } from "@tocsin/core/iocs";
import type { About, Document, Pages } from "../format";
import { nameUuid } from "../uuid";
import { attributeText, closeEvent, type EventHead, manifestEntry, openEvent } from "./event";

/** MISP becomes slow with large events, and breaks at about a hundred thousand attributes. */
const mostAttributes = 10_000;

/** An event of the feed: what one source reported for the first time on one day, or a part of it. */
export type FeedEvent = {
  readonly uuid: string;
  readonly of: SourceDay;
  /** The records of the day that it holds, in the order of their first sighting. */
  readonly offset: number;
  readonly limit: number;
};

/** The events of these days by their uuids, which stay the same for ever. */
export function mispFeedEvents(days: readonly SourceDay[], instanceName: string): ReadonlyMap<string, FeedEvent> {
  const events = new Map<string, FeedEvent>();
  for (const of of days) {
    for (let offset = 0; offset < of.count; offset += mostAttributes) {
      const uuid = eventId(instanceName, of.feedId, of.day, offset);
      events.set(uuid, { uuid, of, offset, limit: mostAttributes });
    }
  }
  return events;
}

function eventId(instanceName: string, feedId: string, day: string, offset: number): string {
  return nameUuid(`misp:feed:${instanceName}:${feedId}:${day}:${offset / mostAttributes + 1}`);
}

function headOf({ uuid, of, offset }: FeedEvent, instanceName: string): EventHead {
  const part = offset === 0 ? "" : `, part ${offset / mostAttributes + 1}`;
  return { uuid, info: `${instanceName}: ${of.feedName}, ${of.day}${part}`, date: of.day, published: true };
}

// A part says what is true of its whole day, so that the manifest needs no look at the records.
const tailOf = ({ of }: FeedEvent) => ({ tlp: of.tlp, timestamp: of.updatedAt, published: true });

const json = { contentType: "application/json; charset=utf-8", extension: "json" } as const;

/** manifest.json: what every event is and when it changed. */
export function mispFeedManifest(events: Iterable<FeedEvent>): Document {
  return {
    ...json,
    async *write(_pages, { instanceName }) {
      let text = "{";
      for (const event of events) {
        const entry = manifestEntry(headOf(event, instanceName), tailOf(event), instanceName);
        text += `${text === "{" ? "\n" : ",\n"}${JSON.stringify(event.uuid)}:${JSON.stringify(entry)}`;
      }
      yield `${text}\n}\n`;
    },
  };
}

/** `<uuid>.json`: an event from its own records. */
export function mispFeedEvent(event: FeedEvent): Document {
  return {
    ...json,
    async *write(pages, { instanceName }) {
      yield openEvent(headOf(event, instanceName), instanceName);
      let first = true;
      for await (const page of pages) {
        const text = attributeText(page, event.uuid, first);
        if (text === "") continue;
        first = false;
        yield text;
      }
      yield closeEvent(tailOf(event));
    },
  };
}

/** hashes.csv: which event holds a value. Pages must hold every record of the feed, by first sighting and then id. */
export const mispFeedHashes: Document = {
  contentType: "text/csv; charset=utf-8",
  extension: "csv",
  write: writeHashes,
};

async function* writeHashes(pages: Pages, { instanceName }: About): AsyncGenerator<string> {
  let day = "";
  const counts = new Map<string, number>();
  const lineOf = (ioc: IocRecord) => {
    const own = ioc.firstSeen.toISOString().slice(0, 10);
    if (own !== day) counts.clear();
    day = own;
    const before = counts.get(ioc.feedId) ?? 0;
    counts.set(ioc.feedId, before + 1);
    const offset = before - (before % mostAttributes);
    return `${hash("md5", ioc.value, "hex")},${eventId(instanceName, ioc.feedId, day, offset)}\n`;
  };
  for await (const page of pages) yield page.map(lineOf).join("");
}
