import fs from "node:fs";
import path from "node:path";
import { type FeedMapping, mappingShape, type OwnFeedFormat } from "@tocsin/core/own-feeds";
import type { Observation } from "@tocsin/core/values";
import type { Parsed, ReadState } from "../definition/layout";
import { spool } from "../fetch/spool";
import { ownLayouts } from "../own/layouts";
import { preflight } from "../parse/preflight";

export type Mapping = Partial<Omit<FeedMapping, "fields">> & { fields?: Record<string, string> };
export type Read = {
  rows: Parsed[];
  cut: string | undefined;
  said: Observation[];
  bad: [number, string][];
  revoked: ReadonlySet<string>;
};

/** A body as a pull reads it: unpacked into the spool, looked at, then read. The spool is a file of `folder`. */
export async function readAsPull(
  folder: string,
  format: OwnFeedFormat,
  mapping: Mapping,
  body: string | Uint8Array,
): Promise<Read> {
  const file = path.join(folder, "body");
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const source = (async function* () {
    yield bytes;
  })();
  const signal = new AbortController().signal;
  const spooled = await spool(source, { path: file, maxBytes: 8_000_000, signal });
  const layouts = ownLayouts(format, mappingShape.parse(mapping), "https://feed.example/");
  const layout = await preflight(spooled, layouts);
  const state: ReadState = { lines: 0 };
  const rows: Parsed[] = [];
  for await (const group of layout.read(fs.createReadStream(file), state)) rows.push(...group);
  const said = rows.flatMap((row) => ("observations" in row ? row.observations : []));
  const bad = rows.flatMap((row): [number, string][] => ("problem" in row ? [[row.line, row.problem]] : []));
  return { rows, cut: state.cut, said, bad, revoked: state.revokedRecords ?? new Set() };
}
