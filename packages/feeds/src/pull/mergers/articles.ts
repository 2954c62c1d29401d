import fs from "node:fs";
import { type ArticleNews, type FoundArticle, findNews, ingestArticles } from "@tocsin/core/articles";
import { siteOf } from "@tocsin/core/extraction";
import type { ClaimedRun } from "@tocsin/core/runs";
import { warninglistsOf } from "@tocsin/core/warninglists";
import type { ArticleFeed } from "../../definition/feed";
import { BodyError, type ParsedArticle, type ReadState } from "../../definition/layout";
import { preflight } from "../../parse/preflight";
import { factsOf, noteBadLine, type Pull, reportProgress } from "../pull";
import { type Checked, compareFile, firstLines } from "../quarantine";
import { type PageReader, pageReader } from "./article-pages";
import { retryConflicts } from "./ingest-lanes";
import type { Merged, SpooledFile } from "./merger";

/** Articles that are read and kept before progress is reported. */
const batchSize = 10;

/** Keeps what a body of news has that is new, unless it waits for an operator. */
export async function mergeArticles(pull: Pull<"articles">, file: SpooledFile): Promise<Merged> {
  const { ctx, feed, tally } = pull;
  const { rows, lines } = await readWhole(pull, file);
  const compared = compareFile(pull, { ...file, kind: "articles" }, checkedOf(feed, rows));
  if (compared.quarantined) return compared;
  const refuse = (line: number, reason: string, text: string) => {
    tally.counts.bad++;
    noteBadLine(pull, { file: file.name, line, reason, text });
  };
  for (const row of rows) if ("problem" in row) refuse(row.line, row.problem, row.text);
  const read = rows.flatMap((row) => ("article" in row ? [row] : []));
  const { news, refused } = await findNews(ctx, { feedId: feed.id, drafts: read.map(({ article }) => article) });
  for (const { index, problem } of refused) refuse(read[index]?.line ?? 0, problem, read[index]?.text ?? "");
  await ingestNews(pull, file, news);
  tally.counts.good += read.length - refused.length;
  tally.counts.lines += lines;
  return compared;
}

async function readWhole({ feed, signal }: Pull<"articles">, { body }: SpooledFile) {
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

/** Reads what each article names and keeps both, a few articles at a time. */
async function ingestNews(
  pull: Pull<"articles">,
  { name, body, spoolDir }: SpooledFile,
  news: readonly ArticleNews[],
): Promise<void> {
  const { ctx, feed, run, signal, tally } = pull;
  const pageOf = pageReader(pull, spoolDir);
  for (let from = 0; from < news.length; from += batchSize) {
    signal.throwIfAborted();
    const articles = await withPages(news.slice(from, from + batchSize), pageOf);
    const { warningsOf } = warninglistsOf(ctx);
    const facts = { feed: articleFacts(feed, run), articles, pulledAt: run.startedAt, warningsOf };
    const kept = await retryConflicts(() => ingestArticles(ctx, facts), signal);
    tally.counts.iocsNew += kept.iocsNew;
    tally.counts.iocsChanged += kept.iocsChanged;
    tally.counts.sightingsNew += kept.sightingsNew;
    const bytes = Math.round((body.bytes * Math.min(news.length, from + batchSize)) / news.length);
    reportProgress(pull, { file: name, phase: "merge", bytes, totalBytes: body.bytes });
  }
}

async function withPages(news: readonly ArticleNews[], pageOf: PageReader): Promise<FoundArticle[]> {
  const articles: FoundArticle[] = [];
  for (const one of news) {
    const page = await pageOf(one.draft);
    articles.push(page === undefined ? one : { ...one, page });
  }
  return articles;
}

/** An article of another site is unfit: a feed that is taken over, or whose address has another owner, has many of them. */
function checkedOf(feed: ArticleFeed, rows: readonly ParsedArticle[]): Checked {
  const sites = new Set(hostsOf(feed).map(siteOf));
  const isFit = (row: ParsedArticle) => "article" in row && sites.has(siteOf(new URL(row.article.url).hostname));
  const { length } = rows;
  const first = rows.slice(0, firstLines);
  return {
    figures: { records: length, sampled: length, unfit: length - rows.filter(isFit).length },
    first: first.map((row) => ("article" in row ? `${row.article.url} ${row.text}` : row.text)),
  };
}

function hostsOf(feed: ArticleFeed): string[] {
  return [...new Set([feed.homepage, ...feed.files.map(({ url }) => url)].map((url) => new URL(url).hostname))];
}

function articleFacts(feed: ArticleFeed, run: Pick<ClaimedRun, "record">) {
  return {
    ...factsOf(feed, run),
    tier: feed.tier,
    keepsText: feed.licence.redistribution === "yes",
    publisherHosts: hostsOf(feed),
  };
}
