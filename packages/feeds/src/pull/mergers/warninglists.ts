import fs from "node:fs";
import { storeWarninglist } from "@tocsin/core/warninglists";
import { BodyError } from "../../definition/layout";
import { decodeDocument } from "../../parse/decode-document";
import { readWarninglist } from "../../parse/misp-warninglist";
import { preflight } from "../../parse/preflight";
import { noteBadLine, type Pull } from "../pull";
import type { Merged, SpooledFile } from "./merger";

/** Keeps one list of a feed in place of its former version. */
export async function mergeWarninglist(pull: Pull<"warninglists">, file: SpooledFile): Promise<Merged> {
  const { ctx, feed, tally } = pull;
  const { body } = file;
  await preflight(body, feed.layouts);
  const document = decodeDocument(await fs.promises.readFile(body.path), body.contentType);
  const name = (file.name.split("/").at(-1) ?? file.name).replace(/\.json$/i, "");
  const read = readWarninglist(document, `misp-${name}`.slice(0, 100), feed.termsOf(name));
  if (!read.ok) throw new BodyError(read.problem);
  const { list, bad } = read;
  for (const { line, problem, text } of bad) noteBadLine(pull, { file: file.name, line, reason: problem, text });
  tally.counts.lines += list.entries.length + bad.length;
  tally.counts.good += list.entries.length;
  tally.counts.bad += bad.length;
  const changed = await storeWarninglist(ctx, list);
  ctx.log.info({ feedId: feed.id, list: list.id, entries: list.entries.length, changed }, "warninglist read");
  return { quarantined: null };
}
