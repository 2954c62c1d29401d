import { techniqueOf } from "../attack";
import { atOnce } from "../lib";
import type { Industry } from "../values";
import { type ArticleCategory, categorise } from "./article-category";
import { maxHtml, readHtmlInSteps } from "./article-html";
import { findAttackIds, findCves } from "./ids";
import { findIndicatorsInSteps, type Indicator } from "./indicators";
import { cleanText, type Line, readLines } from "./line";
import { findIndustries } from "./sectors";
import { rateSeverity, type SeverityLabel } from "./severity";
import { summarise } from "./summary";
import { findTechTags } from "./tech-tags";
import { findNamesInSteps, type NamedThreat } from "./threat-names";
import { joinWrapped } from "./wrapped";

export type ArticleInput = {
  readonly html?: string;
  readonly text?: string;
  readonly title: string;
  readonly url: string;
  readonly publisherHosts: readonly string[];
};

/** What an article says, read out of it. `tactics` are ATT&CK's, and only those that are named by id. */
export type Extraction = {
  readonly text: string;
  readonly summary: string;
  readonly iocs: readonly Indicator[];
  readonly cveIds: readonly string[];
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly threatActors: readonly NamedThreat[];
  readonly malwareFamilies: readonly NamedThreat[];
  /** The names of those of both that the article is about, and does not only mention. */
  readonly subjects: readonly string[];
  readonly industries: readonly Industry[];
  readonly category: ArticleCategory;
  readonly categoryLabel: string;
  readonly severityScore: number;
  readonly severityLabel: SeverityLabel;
  readonly severityReason: string;
  readonly techTags: readonly string[];
};

/** No article is longer, in characters; an empty line counts as twenty. */
const maxText = 2_000_000;

/** Of the page, in characters; a longer address is none. */
const longestUrl = 8_192;

/** What an article is about is told in its beginning: more characters than this are read for indicators and names alone. */
const leadLength = 20_000;

/** Reads an article; pure, and bounded in time by the size of its text. HTML is preferred where both are given. */
export function extractArticle(input: ArticleInput): Extraction {
  return atOnce(extractInSteps(input));
}

/** The same with pauses, for a process that has others to answer. */
export function* extractInSteps(input: ArticleInput): Generator<void, Extraction> {
  const html = input.html;
  const read = html === undefined ? readLines((input.text ?? "").slice(0, maxHtml)) : yield* readHtmlInSteps(html);
  yield;
  const lines = bounded(
    joinWrapped(read).filter(({ text }) => !/^The post .{1,300} appeared first on .{1,200}$/.test(text)),
  );
  yield;
  const text = textOf(lines);
  const lead = text.slice(0, leadLength);
  const title = cleanText(input.title);
  const cves = findCves([{ text: title, kind: "text" }, ...lines]);
  yield;
  const iocs = yield* findIndicatorsInSteps(lines, [...input.publisherHosts, hostnameIn(input.url)]);
  const { threatActors, malwareFamilies, subjects } = yield* findNamesInSteps(`${title}\n${text}`, title.length);
  const industries = findIndustries(title, lead);
  yield;
  return {
    text,
    summary: summarise(lines),
    iocs: [...iocs, ...cves],
    cveIds: cves.map((cve) => cve.value),
    ...findAttackIds(lines, (id) => techniqueOf(id) !== null),
    threatActors,
    malwareFamilies,
    subjects,
    industries,
    ...categorise(title, lead),
    ...rateSeverity({
      title,
      text: lead,
      iocCount: iocs.length,
      threatActors: threatActors.length,
      malwareFamilies: malwareFamilies.length,
      industries,
    }),
    techTags: findTechTags(title, lead),
  };
}

function bounded(lines: readonly Line[]): readonly Line[] {
  let left = maxText;
  const end = lines.findIndex(({ text }) => {
    left -= text.length + 20;
    return left < 0;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

function textOf(lines: readonly Line[]): string {
  return lines
    .map((line) => line.text)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Of the page itself; empty where its address is none. */
function hostnameIn(url: string): string {
  return url.length <= longestUrl && URL.canParse(url) ? new URL(url).hostname : "";
}
