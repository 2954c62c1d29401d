import fs from "node:fs";
import path from "node:path";
import type { ArticleDraft } from "@tocsin/core/articles";
import { FetchError } from "../../fetch/fetch-error";
import { fetchFile } from "../../fetch/fetch-file";
import { defaultLimits } from "../../fetch/limits";
import { decodeDocument } from "../../parse/decode-document";
import { isTeaser } from "../../parse/news-item";
import type { Pull } from "../pull";

/** Gives the HTML of an article's page: undefined where it is not wanted or never comes, null where it may come later. */
export type PageReader = (draft: ArticleDraft) => Promise<string | null | undefined>;

/** Pages of one pull. What is more waits for the next one. */
const mostPages = 40;
const pageBytes = 4 * 1024 * 1024;
const mostWarnings = 5;

/** Fetches pages of teasers, where the feed is one that wants them. */
export function pageReader(pull: Pull<"articles">, spoolDir: string): PageReader {
  const { feed, settings } = pull;
  if (!feed.fullText || settings.mirror !== undefined) return async () => undefined;
  let asked = 0;
  return async (draft) => {
    if (!isTeaser(draft)) return undefined;
    asked++;
    if (asked > mostPages) return null;
    return fetchPage(pull, draft.url, path.join(spoolDir, "page")).catch((error: unknown) => absenceOf(pull, error));
  };
}

/** What stands for a page that could not be fetched; throws what is no matter of the page. */
function absenceOf({ signal, tally }: Pull<"articles">, error: unknown): null | undefined {
  signal.throwIfAborted();
  if (!(error instanceof FetchError)) throw error;
  if (tally.warnings.length < mostWarnings) tally.warnings.push(`a page was not read: ${error.message}`);
  return error.passing ? null : undefined;
}

/** The text of a page; undefined for what is no text. */
async function fetchPage(pull: Pull<"articles">, url: string, spoolDir: string): Promise<string | undefined> {
  const { settings, limits, run, signal } = pull;
  await fs.promises.mkdir(spoolDir, { recursive: true });
  const fetched = await fetchFile(
    { name: "page", url },
    {
      key: undefined,
      publicOnly: !settings.privateFeeds,
      proxies: settings.proxies,
      maxBytes: pageBytes,
      validator: undefined,
      readAt: run.startedAt,
      userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
      limits: { ...defaultLimits, attempts: 2, totalMs: 60_000, ...limits },
      spoolDir,
      signal,
    },
  );
  if (!fetched.changed || !/^$|html|xml|text\/plain/i.test(fetched.contentType ?? "")) return undefined;
  return decodeDocument(await fs.promises.readFile(fetched.spooled.path), fetched.contentType);
}
