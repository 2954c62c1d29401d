import fs from "node:fs";
import path from "node:path";
import {
  type ArticleDraft,
  type ArticleNews,
  type FoundArticle,
  findNews,
  ingestArticles,
} from "@tocsin/core/articles";
import type { Context } from "@tocsin/core/context";
import { siteOf } from "@tocsin/core/extraction";
import { type BadLine, maxBadLines, type RunCounts } from "@tocsin/core/runs";
import { warninglistsOf } from "@tocsin/core/warninglists";
import type { ArticleFeed, FeedSettings } from "../definition/feed";
import { BodyError, type ParsedArticle, type ReadState } from "../definition/layout";
import { FetchError } from "../fetch/fetch-error";
import { fetchFile } from "../fetch/fetch-file";
import { defaultLimits, type FetchLimits } from "../fetch/limits";
import { decodeDocument } from "../parse/decode-document";
import { isTeaser } from "../parse/news-item";
import { preflight } from "../parse/preflight";
import { storable } from "../parse/storable";
import { factsOf } from "./feed-facts";
import { retryConflicts } from "./ingest-lanes";
import type { Checked } from "./merge-indicators";
import { type Compared, firstLines } from "./quarantine";

/** A body of news in the spool, and what of the run is needed to keep it. */
export type ArticlePull = {
  file: string;
  body: { path: string; bytes: number; contentType?: string | undefined };
  spoolDir: string;
  pulledAt: Date;
  settings: FeedSettings;
  limits: Partial<FetchLimits> | undefined;
  signal: AbortSignal;
  counts: RunCounts;
  badLines: BadLine[];
  warnings: string[];
  /** Compares the body with what is usual. */
  compare: (checked: Pick<Checked, "figures" | "first">) => Compared;
  onBatch: (done: number, all: number) => void;
};

/** Articles that are read and kept before progress is told. */
const batchSize = 10;
/** What is more waits for the next pull. */
const mostPages = 40;
const pageBytes = 4 * 1024 * 1024;

/** Keeps what a body of news has that is new, unless it is held back. Throws BodyError for a body that is not to be kept. */
export async function mergeArticles(ctx: Context, feed: ArticleFeed, pull: ArticlePull): Promise<Compared> {
  const { counts, signal, pulledAt } = pull;
  const { rows, lines } = await readWhole(feed, pull);
  const compared = pull.compare(figuresOf(feed, rows));
  if (compared.held) return compared;
  const told = rows.flatMap((row) => ("article" in row ? [row] : []));
  for (const row of rows) if ("problem" in row) refuse(pull, row.line, row.problem, row.text);
  const drafts = told.map(({ article }) => article);
  const { news, refused } = await findNews(ctx, { feedId: feed.id, drafts });
  for (const { index, problem } of refused) refuse(pull, told[index]?.line ?? 0, problem, told[index]?.text ?? "");
  const pages = pageReader(feed, pull);
  for (let from = 0; from < news.length; from += batchSize) {
    signal.throwIfAborted();
    const articles = await withPages(news.slice(from, from + batchSize), pages);
    const { warningsOf } = warninglistsOf(ctx);
    const facts = { feed: articleFacts(feed), articles, pulledAt, warningsOf };
    const kept = await retryConflicts(() => ingestArticles(ctx, facts), signal);
    counts.iocsNew += kept.iocsNew;
    counts.iocsChanged += kept.iocsChanged;
    counts.sightingsNew += kept.sightingsNew;
    pull.onBatch(Math.min(news.length, from + batchSize), news.length);
  }
  counts.good += drafts.length - refused.length;
  counts.lines += lines;
  return compared;
}

async function readWhole(feed: ArticleFeed, { body, signal }: ArticlePull) {
  const layout = await preflight(body, feed.layouts);
  const state: ReadState = { lines: 0 };
  const rows: ParsedArticle[] = [];
  for await (const group of layout.read(fs.createReadStream(body.path), state)) {
    signal.throwIfAborted();
    rows.push(...group);
  }
  if (state.cut !== undefined) throw new BodyError(`the body seems to be cut: ${state.cut}`);
  const [first] = rows;
  if (first && "problem" in first && rows.every((row) => "problem" in row)) {
    throw new BodyError(`none of ${rows.length} items could be read; the first: ${first.problem}`);
  }
  return { rows, lines: state.lines };
}

/** An article of another site is unfit: a feed that is taken over, or whose address has another owner, has many of them. */
function figuresOf(feed: ArticleFeed, rows: readonly ParsedArticle[]): Parameters<ArticlePull["compare"]>[0] {
  const sites = new Set(hostsOf(feed).map(siteOf));
  const isFit = (row: ParsedArticle) => "article" in row && sites.has(siteOf(new URL(row.article.url).hostname));
  const { length } = rows;
  const first = rows.slice(0, firstLines);
  return {
    figures: { records: length, sampled: length, unfit: length - rows.filter(isFit).length },
    first: first.map((row) => ("article" in row ? `${row.article.url} ${row.text}` : row.text)),
  };
}

function refuse({ counts, badLines, file }: ArticlePull, line: number, reason: string, text: string): void {
  counts.bad++;
  if (badLines.length >= maxBadLines) return;
  badLines.push({ file, line, reason: storable(reason, 300), text: storable(text, 200) });
}

function hostsOf(feed: ArticleFeed): string[] {
  return [...new Set([feed.homepage, ...feed.files.map(({ url }) => url)].map((url) => new URL(url).hostname))];
}

function articleFacts(feed: ArticleFeed) {
  return {
    ...factsOf(feed),
    tier: feed.tier,
    keepsText: feed.licence.redistribution === "yes",
    publisherHosts: hostsOf(feed),
  };
}

type PageReader = (draft: ArticleDraft) => Promise<string | null | undefined>;

async function withPages(news: readonly ArticleNews[], pages: PageReader): Promise<FoundArticle[]> {
  const articles: FoundArticle[] = [];
  for (const one of news) {
    const page = await pages(one.draft);
    articles.push(page === undefined ? one : { ...one, page });
  }
  return articles;
}

/** Gives the HTML of an article's page: undefined where it is not wanted or never comes, null where it may come later. */
function pageReader(feed: ArticleFeed, pull: ArticlePull): PageReader {
  const { settings, limits, signal, pulledAt, warnings } = pull;
  if (!feed.fullText || settings.mirror !== undefined) return async () => undefined;
  let asked = 0;
  return async (draft) => {
    if (!isTeaser(draft)) return undefined;
    asked++;
    if (asked > mostPages) return null;
    try {
      const spoolDir = path.join(pull.spoolDir, "page");
      await fs.promises.mkdir(spoolDir, { recursive: true });
      const fetched = await fetchFile(
        { name: "page", url: draft.url },
        {
          key: undefined,
          publicOnly: !settings.privateFeeds,
          maxBytes: pageBytes,
          validator: undefined,
          readAt: pulledAt,
          userAgent: `Tocsin/${settings.version} (+${settings.publicUrl})`,
          limits: { ...defaultLimits, attempts: 2, totalMs: 60_000, ...limits },
          spoolDir,
          signal,
        },
      );
      if (!fetched.changed || !/^$|html|xml|text\/plain/i.test(fetched.contentType ?? "")) return undefined;
      return decodeDocument(await fs.promises.readFile(fetched.spooled.path), fetched.contentType);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FetchError)) throw error;
      if (warnings.length < 5) warnings.push(`a page was not read: ${error.message}`);
      return error.passing ? null : undefined;
    }
  };
}
