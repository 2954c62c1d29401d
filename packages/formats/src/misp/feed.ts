// MISP feed: manifest.json, one file an event, hashes.csv, as MISP's own feed generator lays them out.
import { createHash, type Hash, hash } from "node:crypto";
import type { IocRecord, Tlp } from "@tocsin/core/iocs";
import type { About, Pages } from "../format";
import { nameUuid } from "../uuid";
import { attributeText, closeEvent, type EventHead, manifestEntry, openEvent, strictestOf } from "./event";

/** The next piece of one file of the feed; the pieces of a file come in order, those of several files interleaved. */
export type FeedPiece = { readonly file: string; readonly text: string };

/** MISP becomes slow with large events, and breaks at about a hundred thousand attributes. */
const mostAttributes = 10_000;

/**
 * The files of a MISP feed, with an event for every source and day of first sighting, in parts where it is too large.
 * Pages must come ordered by feedId and then by firstSeen; nothing but the current page and a line an event is held.
 */
export async function* mispFeed(pages: Pages, about: About): AsyncGenerator<FeedPiece> {
  const manifest: Record<string, object> = {};
  let open: OpenEvent | null = null;
  yield { file: "hashes.csv", text: "" };
  for await (const page of pages) {
    for (const run of runsOf(page)) {
      let rest = run;
      while (rest.length > 0) {
        if (open === null || open.key !== keyOf(run) || open.count >= mostAttributes) {
          if (open !== null) yield closeOf(open, manifest, about);
          open = openOf(run, open, manifest, about);
          yield pieceOf(open, openEvent(open.head, about.instanceName));
        }
        const iocs: readonly IocRecord[] = rest.slice(0, mostAttributes - open.count);
        rest = rest.slice(iocs.length);
        yield* piecesOf(open, iocs);
      }
    }
  }
  if (open !== null) yield closeOf(open, manifest, about);
  yield { file: "manifest.json", text: `${JSON.stringify(manifest)}\n` };
}

type OpenEvent = {
  readonly head: EventHead;
  readonly key: string;
  readonly part: number;
  readonly digest: Hash;
  count: number;
  tlp: Tlp;
  updatedAt: Date;
};

const dayOf = (time: Date) => time.toISOString().slice(0, 10);
const keyOf = ([ioc]: readonly IocRecord[]) => (ioc ? `${ioc.feedId}:${dayOf(ioc.firstSeen)}` : "");

/** Neighbours of a page that belong to one event; what MISP has no attribute for is left out. */
function runsOf(page: readonly IocRecord[]): IocRecord[][] {
  const runs: IocRecord[][] = [];
  for (const ioc of page) {
    if (ioc.type === "mitre_attack") continue;
    const run = runs.at(-1);
    if (run && keyOf(run) === keyOf([ioc])) run.push(ioc);
    else runs.push([ioc]);
  }
  return runs;
}

function openOf(
  run: readonly IocRecord[],
  before: OpenEvent | null,
  manifest: Readonly<Record<string, unknown>>,
  { instanceName }: About,
): OpenEvent {
  const [first] = run;
  if (!first) throw new Error("an event begins with a record");
  const key = keyOf(run);
  const date = dayOf(first.firstSeen);
  const part = before?.key === key ? before.part + 1 : 1;
  const uuid = nameUuid(`misp:feed:${instanceName}:${key}:${part}`);
  if (Object.hasOwn(manifest, uuid)) throw new Error(`the records of ${key} do not follow each other`);
  const info = `${instanceName}: ${first.feedName}, ${date}${part === 1 ? "" : `, part ${part}`}`;
  const head = { uuid, info, date, published: true };
  return { head, key, part, digest: createHash("sha256"), count: 0, tlp: "clear", updatedAt: new Date(0) };
}

function* piecesOf(open: OpenEvent, iocs: readonly IocRecord[]): Generator<FeedPiece> {
  const { uuid } = open.head;
  yield pieceOf(open, attributeText(iocs, uuid, open.count === 0));
  yield { file: "hashes.csv", text: iocs.map(({ value }) => `${hash("md5", value, "hex")},${uuid}\n`).join("") };
  open.count += iocs.length;
  open.tlp = strictestOf(iocs, open.tlp);
  for (const { updatedAt } of iocs) if (updatedAt > open.updatedAt) open.updatedAt = updatedAt;
}

function closeOf(open: OpenEvent, manifest: Record<string, object>, { instanceName }: About): FeedPiece {
  const tail = { tlp: open.tlp, timestamp: open.updatedAt, published: true };
  const piece = pieceOf(open, closeEvent(tail));
  manifest[open.head.uuid] = {
    ...manifestEntry(open.head, tail, instanceName),
    "integrity:sha256": open.digest.digest("hex"),
  };
  return piece;
}

function pieceOf(open: OpenEvent, text: string): FeedPiece {
  open.digest.update(text);
  return { file: `${open.head.uuid}.json`, text };
}
