import { hash } from "node:crypto";
import type { Context } from "@tocsin/core/context";
import { type IocExport, type ListIocsInput, lastChange, openExport, type Reader } from "@tocsin/core/iocs";
import type { Document, Pages } from "@tocsin/formats";
import type { Pace } from "../limits/pace";
import { type FileAnswer, fileOf } from "../wire/file-of";
import { inSteps } from "./in-steps";

export type IocFile = {
  /** Of the file, before the time. */
  name: string;
  document: Document;
  /** What the document was made with, in any form that differs where the document does. */
  options: unknown;
  input: ListIocsInput;
};

/** A document of IOCs; a bad input throws before anything is read. */
export async function iocFile(
  ctx: Reader & { parts: { version: string; pace: Pace } },
  { name, document, options, input }: IocFile,
): Promise<FileAnswer> {
  const now = ctx.now();
  // Asked first: what changes while the records are found is newer than this.
  const changed = await lastChange(ctx);
  const found = await openExport(ctx, withTypes(input, document), { revokes: document.revokes === true });
  const about = aboutOf(ctx, found);
  const facts = [name, options, document.contentType, found.mark, about, ctx.parts.version];
  return fileOf({
    chunks: () => document.write(inSteps(ctx.parts.pace, pagesOf(found, document)), about),
    contentType: document.contentType,
    fileName: fileName(name, document, now),
    records: found.count,
    version: { tag: hash("sha256", JSON.stringify(facts), "hex").slice(0, 32), lastModified: settled(changed, now) },
    ...(found.nextCursor === null ? {} : { headers: { "x-next-cursor": found.nextCursor } }),
  });
}

/** What the document reads; it promises by its `fields` to look at nothing else of a record. */
export function pagesOf(found: Pick<IocExport, "pages">, { fields }: Pick<Document, "fields">): Pages {
  return fields ? (found.pages(fields) as Pages) : found.pages();
}

/** A document that is made for some types only is asked for those, so that its limit counts what it writes. */
export function withTypes(input: ListIocsInput, { types }: Document): ListIocsInput {
  return types && input.type === undefined ? { ...input, type: types } : input;
}

/**
 * The time of a document is when its newest record changed, of an empty one the beginning of the day: the same records
 * make the same text, so that its ETag may be strong.
 */
export function aboutOf(ctx: Pick<Context, "now" | "instance">, found: Pick<IocExport, "newest" | "selection">) {
  const today = new Date(`${ctx.now().toISOString().slice(0, 10)}T00:00:00.000Z`);
  return { instanceName: ctx.instance.name, now: found.newest ?? today, selection: found.selection };
}

export function fileName(name: string, { extension }: Pick<Document, "extension">, now: Date): string {
  return `${name}-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z.${extension}`;
}

/** No time while the second, or a transaction that began in it, may still bring more. */
function settled(changed: Date | null, now: Date): Date | null {
  return changed !== null && now.getTime() - changed.getTime() >= settledAfter ? changed : null;
}

const settledAfter = 10_000;
