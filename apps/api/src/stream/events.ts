// HTML Standard, section 9.2: server-sent events.
import { isRevoked, toIoc } from "@tocsin/core/iocs";
import { type DateAdded, type PlacedRecord, pageObjects } from "@tocsin/core/taxii";
import { confidences } from "@tocsin/core/values";
import type { Head } from "./head";
import type { StreamInput } from "./operations";
import { sequenceOf } from "./position";

type Reader = Parameters<typeof pageObjects>[0];

/** What a stream needs of its request. */
export type Source = {
  readonly ctx: Reader;
  readonly head: Head;
  readonly filters: StreamInput;
  readonly after: DateAdded;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
  /** Asked before anything is sent; throws what ends the stream: the key was revoked, its limit is used up. */
  readonly permit: (events: number) => Promise<void>;
};

/** Events of one read, and milliseconds of silence after which a comment keeps the connection. */
const pageSize = 500;
const heartbeatMs = 15_000;

/** Everything after a place, then what comes, until the client goes. Each read begins where the one before ended. */
export async function* eventsOf(source: Source): AsyncGenerator<string> {
  const { head, filters, gone, permit } = source;
  let place = source.after;
  let seen = place;
  yield `retry: 3000\nid: ${sequenceOf(place)}\n\n`;
  while (!head.ended() && !gone.aborted) {
    place = yield* eventsAfter(source, place);
    if (!filters.follow) return;
    // What is not shown up to there is shown to nobody, or comes again at the end.
    if (seen > place) place = seen;
    const moved = await head.beyond(place, heartbeatMs, gone);
    if (moved !== null) seen = moved;
    else if (!head.ended() && !gone.aborted) {
      await permit(0);
      yield ": waiting\n\n";
    }
  }
}

/** All that there is after a place; gives that of the last. */
async function* eventsAfter({ ctx, filters, permit }: Source, after: DateAdded): AsyncGenerator<string, DateAdded> {
  let place = after;
  for (;;) {
    const query = { kinds: null, after: place, ids: null, versions: null, limit: pageSize };
    const { items, more } = await pageObjects(ctx, query);
    const last = items.at(-1);
    if (!last) return place;
    const wanted = items.filter((item) => isWanted(item, filters));
    await permit(wanted.length);
    place = last.dateAdded;
    // The number alone, where nothing is wanted at the end: a client that resumes need not read it all again.
    yield `${wanted.map(eventOf).join("")}${wanted.at(-1) === last ? "" : `id: ${sequenceOf(place)}\n\n`}`;
    if (!more) return place;
  }
}

function eventOf({ dateAdded, record }: PlacedRecord): string {
  const event = isRevoked(record) ? "withdrawn" : "indicator";
  return `id: ${sequenceOf(dateAdded)}\nevent: ${event}\ndata: ${JSON.stringify(toIoc(record))}\n\n`;
}

/** What ends is told whatever else became of it: whoever has it must learn so. */
function isWanted({ record }: PlacedRecord, { type, confidence, tag, min_risk }: StreamInput): boolean {
  if (type && !type.includes(record.type)) return false;
  if (isRevoked(record)) return true;
  if (confidence && !confidences.some((one) => one === record.confidence && confidence.includes(one))) return false;
  if (tag !== undefined && !record.tags.includes(tag)) return false;
  return min_risk === undefined || record.riskScore >= min_risk;
}
