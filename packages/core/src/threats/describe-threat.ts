import { type BriefIocs, type Condition, type Reader, selectBriefs, selectLatestBriefs } from "../iocs";
import { dayMs } from "../lib";
import { iocId, iocTypes } from "../values";
import { mentionedOf } from "./mentions";
import { selectThreatArticles, type ThreatArticles } from "./select-articles";
import { type Threat, type ThreatInput, trendDays } from "./shape";
import { type ThreatSubject, threatOf } from "./subject";

/** Indicators that an answer shows. */
const shown = 50;
/** Articles whose indicators are those of a group or a CVE. */
const speaking = 500;

/** A technique, group, malware or CVE with its indicators, articles and trend. Throws `not_found`. */
export async function describeThreat(ctx: Reader, input: ThreatInput): Promise<Threat> {
  const now = ctx.now();
  const { words, ...subject } = threatOf(input);
  const articles = await selectThreatArticles(ctx, { ...subject, words });
  const condition = iocCondition({ ...subject, words }, articles);
  const found = await selectBriefs(ctx, condition, shown);
  // Of more than are read, the latest come from the index that is in their order.
  const data =
    found.total_exact || subject.kind !== "technique" ? found.data : await selectLatestBriefs(ctx, condition, shown);
  const own = new Set(words);
  return {
    meta: { generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: {
      ...subject,
      iocs: { total: found.total, total_exact: found.total_exact, data, by_type: typesOf(found) },
      articles: articles.list,
      trend: trendOf(articles.days, found.days, now),
      related: {
        techniques: mentionedOf(articles.mentions, "technique", own),
        groups: mentionedOf(articles.mentions, "group", own),
        malware: mentionedOf(articles.mentions, "malware", own),
        cves: mentionedOf(articles.mentions, "cve", own),
      },
    },
  };
}

function iocCondition({ kind, words }: ThreatSubject, { ids }: ThreatArticles): Condition {
  const named = "id IN (SELECT ioc_id FROM article_ioc WHERE article_id = ANY ($1::uuid[]))";
  switch (kind) {
    case "technique":
      return { text: "mitre_techniques && $1::text[] AND mitre_techniques <> '{}'", values: [words] };
    case "malware":
      return {
        text: "lower(malware_family) = ANY ($1::text[]) AND malware_family IS NOT NULL",
        values: [words.map((word) => word.toLowerCase())],
      };
    case "group":
      return { text: named, values: [ids.slice(0, speaking)] };
    case "cve": {
      const own = words.map((word) => iocId("cve", word));
      return { text: `(${named} OR id = ANY ($2::uuid[]))`, values: [ids.slice(0, speaking), own] };
    }
  }
}

function typesOf({ types }: BriefIocs): Threat["data"]["iocs"]["by_type"] {
  return types.flatMap(({ name, n }) => {
    const type = iocTypes.find((each) => each === name);
    return type ? [{ type, count: n }] : [];
  });
}

type Days = BriefIocs["days"];

function trendOf(articles: Days, iocs: Days, now: Date): Threat["data"]["trend"] {
  const [byArticle, byIoc] = [articles, iocs].map((days) => new Map(days.map(({ name, n }) => [name, n])));
  const today = Math.floor(now.getTime() / dayMs);
  return Array.from({ length: trendDays }, (_, at) => {
    const date = new Date((today - trendDays + 1 + at) * dayMs).toISOString().slice(0, 10);
    return { date, articles: byArticle?.get(date) ?? 0, iocs: byIoc?.get(date) ?? 0 };
  });
}
