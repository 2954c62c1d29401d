import fs from "node:fs";
import type { Context } from "@tocsin/core/context";
import { type BadLine, maxBadLines, type RunCounts } from "@tocsin/core/runs";
import { storeWarninglist } from "@tocsin/core/warninglists";
import type { WarninglistFeed } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { decodeDocument } from "../parse/decode-document";
import { readWarninglist } from "../parse/misp-warninglist";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";

/** Keeps one list of a feed in place of its former version. Throws BodyError for a body that is not to be kept. */
export async function mergeWarninglist(
  ctx: Context,
  feed: WarninglistFeed,
  pull: {
    file: string;
    body: { path: string; bytes: number; contentType?: string | undefined };
    counts: RunCounts;
    badLines: BadLine[];
  },
): Promise<void> {
  const { file, body, counts, badLines } = pull;
  await preflight(body, feed.layouts);
  const text = decodeDocument(await fs.promises.readFile(body.path), body.contentType);
  const name = (file.split("/").at(-1) ?? file).replace(/\.json$/i, "");
  const read = readWarninglist(text, `misp-${name}`.slice(0, 100), feed.termsOf(name));
  if (!read.ok) throw new BodyError(read.problem);
  for (const { line, problem, text: entry } of read.bad) {
    if (badLines.length >= maxBadLines) break;
    badLines.push({ file, line, reason: problem, text: storable(entry, 200) });
  }
  counts.lines += read.list.entries.length + read.bad.length;
  counts.good += read.list.entries.length;
  counts.bad += read.bad.length;
  const changed = await storeWarninglist(ctx, read.list);
  ctx.log.info({ feedId: feed.id, list: read.list.id, entries: read.list.entries.length, changed }, "warninglist read");
}
