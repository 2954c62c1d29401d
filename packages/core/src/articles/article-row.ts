import type { Extraction } from "../extraction";
import { type IocType, iocId, type Observation, resolveAs } from "../values";
import { awaitingPage, contentHash } from "./content-hash";
import type { ArticleFeedFacts } from "./draft";
import type { ArticleNews } from "./find-news";
import { cutBetweenWords, plainText } from "./plain-text";

/** An article ready for the database, and what it says of IOCs. */
export type ArticleRow = {
  id: string;
  canonicalUrl: string;
  url: string;
  title: string;
  summary: string;
  text: string;
  imageUrl: string | null;
  publishedAt: Date | null;
  contentHash: string;
  extraction: Extraction;
  /** By the ids of the IOCs that they name. */
  named: ReadonlyMap<string, Observation & { type: IocType }>;
};

const longest = { title: 300, summary: 500, url: 2_048 } as const;
/** Publishers' last line of a teaser. */
const trailer = /(?<!\s)\s*The post .{1,300} (?:first appeared|appeared first) on .{1,120}$/i;
/** A shorter teaser says less than the article's beginning. */
const leastSummary = 40;
const mostTags = 10;

export function articleRow(
  { draft, id, canonicalUrl }: ArticleNews,
  { extraction, feed, awaiting, now }: { extraction: Extraction; feed: ArticleFeedFacts; awaiting: boolean; now: Date },
): ArticleRow {
  const stated = plainText(draft.summary, 4 * longest.summary).replace(trailer, "");
  const summary = cutBetweenWords(
    stated.length >= leastSummary ? stated : oneLine(extraction.summary),
    longest.summary,
  );
  const hash = contentHash(draft);
  const publishedAt = draft.publishedAt && new Date(Math.min(draft.publishedAt.getTime(), now.getTime()));
  const about = { id, url: draft.url, publishedAt, feed };
  return {
    id,
    canonicalUrl,
    url: draft.url.length <= longest.url ? draft.url : canonicalUrl,
    title: plainText(draft.title, longest.title) || summary.slice(0, 100) || canonicalUrl,
    summary,
    text: extraction.text,
    imageUrl: draft.imageUrl !== null && draft.imageUrl.length <= longest.url ? draft.imageUrl : null,
    publishedAt,
    contentHash: awaiting ? awaitingPage(hash) : hash,
    extraction,
    named: namedIocs(extraction, about),
  };
}

type About = { id: string; url: string; publishedAt: Date | null };

/** A CVE that an article names is known by it; that alone says little of how dangerous it is. */
function namedIocs(extraction: Extraction, about: About): ArticleRow["named"] {
  const cves = extraction.cveIds.map((value) => ({ type: "cve" as const, value, context: null }));
  const named = new Map<string, Observation & { type: IocType }>();
  for (const { type, value, context } of [...extraction.iocs, ...cves]) {
    const found = resolveAs(type, value);
    if (!found.ok) continue;
    const id = iocId(found.type, found.value);
    if (named.has(id)) continue;
    named.set(id, {
      ...sharedOf(extraction, about),
      type: found.type,
      value,
      ...(type === "cve" ? { confidence: "low" as const } : {}),
      ...(context ? { context } : {}),
    });
  }
  return named;
}

/**
 * What holds for every IOC of an article. Its techniques do not: which of them an IOC serves, an article does not say in
 * a way that can be read. Nor does its family where it is about several; who is only mentioned is no tag of theirs.
 */
function sharedOf(extraction: Extraction, { id, url, publishedAt }: About): Omit<Observation, "value"> {
  const { malwareFamilies, subjects, industries } = extraction;
  const names = subjects.map((name) => name.toLowerCase());
  const [family, other] = malwareFamilies.filter(({ name }) => subjects.includes(name));
  return {
    articleId: id,
    referenceUrl: url,
    tags: [...new Set(names)].slice(0, mostTags),
    industries: [...industries],
    ...(family && !other ? { malwareFamily: family.name } : {}),
    ...(publishedAt ? { firstSeen: publishedAt, lastSeen: publishedAt } : {}),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
