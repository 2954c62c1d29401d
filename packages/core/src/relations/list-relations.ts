import { type Condition, type Reader, selectBriefs } from "../iocs";
import type { LookupInput } from "../lookup";
import { subjectOf } from "../lookup";
import { articleFloor } from "../threats";
import { detect, hostOf, type IocType, iocId } from "../values";
import { addressesBeside } from "./addresses-beside";
import { type Pivot, pivots, type Relations } from "./shape";

/** Indicators of one group that an answer shows. */
const shown = 20;
/** Tags that are followed, and articles. */
const mostTags = 5;
const mostArticles = 50;

type Question = { pivot: Pivot; label: string; condition: Condition };
type Value = { id: string; type: IocType; value: string };
type Articles = Relations["data"]["articles"];

/**
 * What else is stored that bears on a value: the same network, host, article, malware or tag. Each question finds ids by
 * an index before it reads rows, and reads 10,001 at most. Throws `invalid_parameter` for what no IOC can be.
 */
export async function listRelations(ctx: Reader, input: LookupInput): Promise<Relations> {
  const now = ctx.now();
  const { type, value, reserved } = subjectOf(input);
  const subject = { id: iocId(type, value), type, value };
  const articles = reserved ? [] : await selectArticles(ctx, subject.id);
  const questions = reserved
    ? []
    : [...aroundOf(subject), ...ofArticles(articles), ...(await ofRecord(ctx, subject.id))];
  const groups = await Promise.all(
    questions.map(async ({ pivot, label, condition: { text, values } }) => {
      const condition = { text: `${text} AND id <> $${values.length + 1}::uuid`, values: [...values, subject.id] };
      const { total, total_exact, data } = await selectBriefs(ctx, condition, shown);
      return { pivot, label, total, total_exact, data };
    }),
  );
  return {
    meta: { generated_at: now.toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: {
      ioc_value: value,
      ioc_type: type,
      groups: groups.filter(({ total }) => total > 0).sort((a, b) => pivots.indexOf(a.pivot) - pivots.indexOf(b.pivot)),
      articles,
    },
  };
}

/** What the value itself leads to. */
function aroundOf({ type, value }: Value): Question[] {
  const host = type === "url" || type === "email" ? hostOf(value) : null;
  const found = host === null ? null : detect(host);
  const named = found?.ok ? { type: found.type, value: found.value } : null;
  const server = named ?? { type, value };
  const beside = server.type === "ipv4" ? addressesBeside(server.value) : null;
  return [
    ...(named
      ? [{ pivot: "host" as const, label: named.value, condition: byIds([iocId(named.type, named.value)]) }]
      : []),
    ...(type === "url" || type === "domain" || type === "ipv4" || type === "ipv6" ? [urlsOf(host ?? value)] : []),
    ...(beside ? [{ pivot: "network" as const, label: beside.network, condition: byIds(beside.ids) }] : []),
  ];
}

/** On the expression of its index, which has the host alone: a long query would not fit into it. */
function urlsOf(host: string): Question {
  const written = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return {
    pivot: "urls",
    label: host,
    condition: {
      text: `type = 'url' AND regexp_replace(
        substring(value from '^[a-z]+://(?:[^/?#\\\\]*@)?([^/?#\\\\]*)'), ':[0-9]+$', '') = $1::text`,
      values: [written],
    },
  };
}

const byIds = (ids: readonly string[]): Condition => ({ text: "id = ANY ($1::uuid[])", values: [ids] });

function ofArticles(articles: Articles): Question[] {
  return articles.slice(0, 3).map(({ id, title }) => ({
    pivot: "article",
    label: title,
    condition: { text: "id IN (SELECT ioc_id FROM article_ioc WHERE article_id = $1::uuid)", values: [id] },
  }));
}

/** What the stored record leads to: its malware and its tags. */
async function ofRecord(ctx: Reader, id: string): Promise<Question[]> {
  const [row] = await ctx.sql.query<{ tags: string[]; family: string | null }>(
    "SELECT tags, malware_family AS family FROM ioc WHERE id = $1::uuid",
    [id],
  );
  const family: Question[] = row?.family
    ? [
        {
          pivot: "family",
          label: row.family,
          condition: {
            text: "lower(malware_family) = lower($1::text) AND malware_family IS NOT NULL",
            values: [row.family],
          },
        },
      ]
    : [];
  const tags = (row?.tags ?? []).slice(0, mostTags).map(
    (tag): Question => ({
      pivot: "tag",
      label: tag,
      condition: { text: "tags @> ARRAY[$1::text]", values: [tag] },
    }),
  );
  return [...family, ...tags];
}

async function selectArticles(ctx: Reader, id: string): Promise<Articles> {
  type Row = Omit<Articles[number], "published_at"> & { published_at: Date };
  const rows = await ctx.sql.query<Row>(
    `SELECT a.id, a.title, a.source_name, a.published_at, n.context
     FROM article_ioc n JOIN article a ON a.id = n.article_id
     WHERE n.ioc_id = $1::uuid AND a.archived_at IS NULL AND a.modified_at >= $2::timestamptz
     ORDER BY a.published_at DESC, a.id DESC LIMIT ${mostArticles}`,
    [id, articleFloor(ctx)],
  );
  return rows.map((row) => ({ ...row, published_at: row.published_at.toISOString() }));
}
