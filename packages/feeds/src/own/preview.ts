import fs from "node:fs";
import { mapInSlices } from "@tocsin/core/lib";
import { type FeedPreview, type PreviewRow, previewRows } from "@tocsin/core/own-feeds";
import { resolveObservation } from "@tocsin/core/values";
import { type FeedFile, type FeedSettings, type IndicatorFeed, megabyte } from "../definition/feed";
import { BodyError, type Parsed, type ReadState } from "../definition/layout";
import { FetchError } from "../fetch/fetch-error";
import { type Fetched, fetchFile } from "../fetch/fetch-file";
import { defaultLimits, type FetchLimits } from "../fetch/limits";
import { redactor } from "../fetch/secret";
import { openSpool } from "../fetch/spool";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";
import { walkCollection } from "../taxii/pages";
import { type OwnFeedSource, sourceOf } from "./definition";
import { describeBody } from "./describe-body";

type Options = { signal: AbortSignal; limits?: Partial<FetchLimits> };
type Preview = FeedPreview["data"];
type Source = ReturnType<typeof sourceOf>;
type Body = { path: string; bytes: number; contentType?: string | undefined; cut: boolean };

/** How much of a body is looked at. */
const headBytes = megabyte;
/** A look does not keep anyone waiting as a pull may. */
const patience: Partial<FetchLimits> = { attempts: 1, connectMs: 5_000, idleMs: 10_000, totalMs: 25_000 };

/** Fetches the first part of a feed and reads it as a pull would, keeping nothing. What goes wrong is part of the answer. */
export async function previewFeed(feed: OwnFeedSource, settings: FeedSettings, options: Options): Promise<FeedPreview> {
  const source = sourceOf(feed);
  const redact = redactor(...(source.own?.secrets ?? []));
  const shown = (text: string, length = 200) => storable(redact(text), length);
  const preview: Preview = {
    problem: null,
    rows: [],
    good: 0,
    bad: 0,
    whole: true,
    bytes: 0,
    raw: [],
    columns: [],
    paths: [],
  };
  const spool = await openSpool(settings.spoolDir);
  try {
    if (source.own?.problem) throw new FetchError(source.own.problem);
    const body = await firstBody(source, feed, settings, { ...options, dir: spool.dir });
    if (!body) throw new BodyError("there is nothing in it now");
    Object.assign(preview, { whole: !body.cut, bytes: body.bytes });
    Object.assign(preview, await describeBody(body.path, feed, !body.cut, shown));
    await readInto(preview, body, source.layouts, shown, options.signal);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof FetchError || error instanceof BodyError)) throw error;
    preview.problem = shown(error.message, 500);
  } finally {
    await spool.close();
  }
  return { data: preview };
}

async function firstBody(
  source: Source,
  feed: OwnFeedSource,
  settings: FeedSettings,
  options: Options & { dir: string },
): Promise<Body | null> {
  const fetch = (file: FeedFile, more: { headOnly: boolean; maxBytes: number }) =>
    fetchFile(file, {
      key: source.own?.key,
      publicOnly: !settings.privateFeeds,
      proxies: settings.proxies,
      validator: undefined,
      readAt: new Date(),
      userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
      limits: { ...defaultLimits, ...patience, ...options.limits },
      spoolDir: options.dir,
      signal: options.signal,
      ...more,
    });
  const [file] = source.files;
  if (source.taxii) {
    const walk = walkCollection(
      { start: file.url, collection: source.taxii.collection, headers: file.headers ?? {} },
      {
        known: undefined,
        readAt: new Date(),
        fetch: (page) => fetch(page, { headOnly: false, maxBytes: 32 * megabyte }),
        remember: () => {},
        warn: () => {},
      },
    );
    const page = await walk.next();
    return page && { ...page, cut: walk.more() };
  }
  const first = bodyOf(await fetch(file, { headOnly: true, maxBytes: headBytes }));
  const event = feed.format === "misp" ? await firstEvent(source, first) : null;
  return event ? bodyOf(await fetch({ ...file, ...event }, { headOnly: true, maxBytes: headBytes })) : first;
}

function bodyOf(fetched: Fetched): Body {
  if (!fetched.changed) throw new FetchError("the server says that nothing changed, which was not asked");
  const { spooled, contentType } = fetched;
  return { path: spooled.path, bytes: spooled.bytes, contentType, cut: spooled.cut };
}

/** The newest event that a manifest names; null for a body that is an event itself. */
async function firstEvent(source: Source, body: Body): Promise<FeedFile | null> {
  const layout = await preflight(body, source.layouts);
  const state: ReadState = { lines: 0 };
  for await (const _rows of layout.read(fs.createReadStream(body.path), state));
  return state.more?.[0] ?? null;
}

async function readInto(
  preview: Preview,
  body: Body,
  layouts: IndicatorFeed["layouts"],
  shown: (text: string, length?: number) => string,
  signal: AbortSignal,
): Promise<void> {
  const { rows, cut } = await readRows(body, layouts, signal);
  // The cut of a part goes through its last record.
  if (body.cut && cut !== undefined) rows.pop();
  if (!body.cut && cut !== undefined) preview.problem = `the body seems to be cut: ${cut}`;
  for (const seen of await mapInSlices(rows, (row) => rowOf(row, shown))) {
    if (seen.values.length > 0) preview.good++;
    else preview.bad++;
    if (preview.rows.length < previewRows) preview.rows.push(seen);
  }
}

/** The records of a body that say anything. */
async function readRows(body: Body, layouts: IndicatorFeed["layouts"], signal: AbortSignal) {
  const layout = await preflight(body, layouts);
  const state: ReadState = { lines: 0 };
  const rows: Parsed[] = [];
  for await (const group of layout.read(fs.createReadStream(body.path), state)) {
    signal.throwIfAborted();
    rows.push(...group.filter((row) => !("observations" in row) || row.observations.length > 0 || "red" in row));
  }
  return { rows, cut: state.cut };
}

function redProblem({ red }: { red?: number }): string | null {
  return red === undefined ? null : "is labelled TLP:RED, for named recipients alone: not taken";
}

function rowOf(row: Parsed, shown: (text: string, length?: number) => string): PreviewRow {
  const empty = {
    line: row.line,
    text: shown(row.text),
    values: [],
    first_seen: null,
    last_seen: null,
    tags: [],
    malware_family: null,
    threat_type: null,
    confidence: null,
    reference_url: null,
    context: null,
  };
  if ("problem" in row) return { ...empty, problem: shown(row.problem) };
  const found = row.observations.map(resolveObservation);
  const [about] = row.observations;
  return {
    ...empty,
    values: found.flatMap((each) => (each.ok ? [{ type: each.type, value: shown(each.value) }] : [])).slice(0, 10),
    problem: found.flatMap((each) => (each.ok ? [] : [shown(each.problem)]))[0] ?? redProblem(row),
    first_seen: about?.firstSeen?.toISOString() ?? null,
    last_seen: about?.lastSeen?.toISOString() ?? null,
    tags: (about?.tags ?? []).slice(0, 10).map((tag) => shown(tag)),
    malware_family: about?.malwareFamily ? shown(about.malwareFamily) : null,
    threat_type: about?.threatType ? shown(about.threatType) : null,
    confidence: about?.confidence ?? null,
    reference_url: about?.referenceUrl ? shown(about.referenceUrl) : null,
    context: about?.context ? shown(about.context) : null,
  };
}
