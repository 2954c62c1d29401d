import fs from "node:fs";
import { storeAttack } from "@tocsin/core/attack";
import type { Context } from "@tocsin/core/context";
import { type BadLine, maxBadLines, type RunCounts } from "@tocsin/core/runs";
import type { AttackFeed } from "../definition/feed";
import { BodyError } from "../definition/layout";
import { readAttack } from "../parse/mitre-attack";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";

/** Keeps one bundle of ATT&CK over what was known of its matrix. Throws BodyError for a body that is not to be kept. */
export async function mergeAttack(
  ctx: Context,
  feed: AttackFeed,
  pull: {
    file: string;
    body: { path: string; bytes: number; contentType?: string | undefined };
    counts: RunCounts;
    badLines: BadLine[];
    signal: AbortSignal;
  },
): Promise<void> {
  const { file, body, counts, badLines, signal } = pull;
  await preflight(body, feed.layouts);
  const bundle = await readAttack(fs.createReadStream(body.path, { highWaterMark: 64 * 1024, signal }));
  if (!bundle.ok) throw new BodyError(bundle.problem);
  for (const { line, problem, text } of bundle.bad) {
    if (badLines.length >= maxBadLines) break;
    badLines.push({ file, line, reason: storable(problem, 300), text: storable(text, 200) });
  }
  const { matrix, version } = bundle.read;
  const result = await storeAttack(ctx, bundle.read);
  if ("problem" in result) throw new BodyError(result.problem);
  counts.lines += bundle.lines;
  counts.good += bundle.records;
  counts.bad += bundle.bad.length;
  ctx.log.info({ feedId: feed.id, matrix, version, ...result }, "ATT&CK read");
}
