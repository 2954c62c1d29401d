import fs from "node:fs";
import { storeAttack } from "@tocsin/core/attack";
import { BodyError } from "../../definition/layout";
import { readAttack } from "../../parse/mitre-attack";
import { preflight } from "../../parse/preflight";
import { noteBadLine, type Pull } from "../pull";
import type { Merged, SpooledFile } from "./merger";

/** Keeps one bundle of ATT&CK over what was known of its matrix. */
export async function mergeAttack(pull: Pull<"attack">, { name, body }: SpooledFile): Promise<Merged> {
  const { ctx, feed, signal, tally } = pull;
  await preflight(body, feed.layouts);
  const bundle = await readAttack(fs.createReadStream(body.path, { highWaterMark: 64 * 1024, signal }));
  if (!bundle.ok) throw new BodyError(bundle.problem);
  for (const { line, problem, text } of bundle.bad) noteBadLine(pull, { file: name, line, reason: problem, text });
  const { matrix, version } = bundle.read;
  const result = await storeAttack(ctx, bundle.read);
  if ("problem" in result) throw new BodyError(result.problem);
  tally.counts.lines += bundle.lines;
  tally.counts.good += bundle.records;
  tally.counts.bad += bundle.bad.length;
  ctx.log.info({ feedId: feed.id, matrix, version, ...result }, "ATT&CK read");
  return { quarantined: null };
}
