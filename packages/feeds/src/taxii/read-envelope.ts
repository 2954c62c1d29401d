import fs from "node:fs";
import { BodyError } from "../definition/layout";
import { decodeText } from "../parse/decode";
import { isObject, parse } from "../parse/json";
import { textOf } from "../parse/json-joined";
import { endScan, scanText, startScan } from "../parse/json-scan";

/** What stands around the objects of a page (TAXII 2.1 §3.7). */
export type Envelope = { objects: number; more: boolean; next: string | null };

/** Reads a page in the spool to its end and keeps none of its objects; throws BodyError for what is no page. */
export async function readEnvelope(path: string): Promise<Envelope> {
  const scan = startScan({ containers: ["objects"], keyed: false, frame: true });
  let objects = 0;
  for await (const text of decodeText(fs.createReadStream(path))) objects += scanText(scan, text).length;
  const cut = endScan(scan);
  if (cut !== null) throw new BodyError(`the page is no envelope: ${cut}`);
  const around = parse(scan.frame ?? "");
  if (!isObject(around)) throw new BodyError("the page is no envelope");
  return { objects, more: around.more === true, next: textOf(around, "next") || null };
}
