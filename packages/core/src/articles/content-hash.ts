import { hash } from "node:crypto";
import type { ArticleDraft } from "./draft";

/** Of all that a feed says of an article: the same again is no news. */
export function contentHash({ title, summary, body, imageUrl, publishedAt }: ArticleDraft): string {
  const said = [title, summary, body, imageUrl, publishedAt?.getTime() ?? null];
  return hash("sha256", JSON.stringify(said), "hex");
}

/** Of an article whose page could not be had for the moment: the next pull asks for it again. */
export function awaitingPage(contentHash: string): string {
  return `${contentHash}?`;
}
