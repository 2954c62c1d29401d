import type { Context } from "../context";
import { AppError } from "../errors";
import { detect, iocId, iocTypeCatalog, networksAround, plainForms, samenessOf } from "../values";
import { render } from "./clause";
import type { Reader } from "./list-iocs";
import { findOwnReader, notOwn, ownRows, recordColumns } from "./own-records";
import type { IocRecord } from "./record";
import { selectRecords } from "./select-iocs";
import { type IocSearch, type SearchIocsInput, toIoc } from "./shape";

const maxMatches = 50;
const maxRelated = 10;
/** Articles that name the matches, among which others are looked for. */
const maxArticles = 50;
// Fewer characters make too few trigrams to tell values apart.
const leastForSimilar = 3;
// More characters than any value that a person half remembers.
const mostForSimilar = 256;
/** Rows that are ranked: a short query is similar to more than anyone reads. */
const maxCandidates = 500;
/** Milliseconds. */
const longestSearch = 3_000;
/** Newest records among which related ones are looked for: all of them are read where none is. */
const recentRecords = 2_000;

/** The value itself and the networks around it; only when neither is stored, values that contain it, or else look alike. */
export async function searchIocs(ctx: Reader, { q, include_related }: SearchIocsInput): Promise<IocSearch> {
  const started = performance.now();
  const exact = await findExact(ctx, q);
  const matches = exact.length > 0 ? exact : await findSimilar(ctx, q);
  const related = include_related ? await findRelated(ctx, matches) : [];
  return {
    meta: { generated_at: ctx.now().toISOString(), feed_version: "1.0", source: ctx.instance.name },
    data: {
      found: matches.length > 0,
      query: q,
      matches: matches.map(toIoc),
      relatedIOCs: related.map(toIoc),
      meta: {
        total_matches: matches.length,
        related_count: related.length,
        search_time_ms: Math.round((performance.now() - started) * 100) / 100,
      },
    },
  };
}

/** The ids under which a value, the same written plainly, or a network that contains it, is stored; its own first. */
export function candidateIds(type: Parameters<typeof iocId>[0], value: string): string[] {
  const networks = type === "ipv4" || type === "ipv6" ? networksAround(value) : [];
  const forms = plainForms(type, value).filter((form) => samenessOf(type, value, form) === "same");
  return [...new Set([value, ...forms, ...networks])].map((each) => iocId(type, each));
}

async function findExact(ctx: Reader, q: string): Promise<IocRecord[]> {
  const found = detect(q);
  if (!found.ok) return [];
  const ids = candidateIds(found.type, found.value);
  const own = await findOwnReader(ctx, { workspaceId: ctx.caller.workspaceId, withheld: false });
  const { text, values } = render((p) => {
    const wanted = `${p(ids)}::uuid[]`;
    const reported = `SELECT ${recordColumns} FROM ioc WHERE id = ANY(${wanted})`;
    const rows = own ? `${reported} AND ${notOwn(own)(p)} UNION ALL ${ownRows(own, p, ids)}` : reported;
    return `FROM (${rows}) ioc ORDER BY array_position(${wanted}, id)`;
  });
  return selectRecords(ctx, text, values);
}

async function findSimilar(ctx: Pick<Context, "sql">, q: string): Promise<IocRecord[]> {
  const text = similarText(q);
  if (text === null) return [];
  try {
    return await ctx.sql.begin(async (sql) => {
      await sql.query(`SET LOCAL statement_timeout = ${longestSearch}`);
      // Of what contains the text the index has every trigram to go by, of what resembles it only some.
      const containing = /[\p{L}\p{N}]{3}/u.test(text) ? await findLike(sql, text, "value ILIKE $2::text") : [];
      return containing.length > 0 ? containing : await findLike(sql, text, "value %> $1::text");
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "57014") throw error;
    const message = "The search took too long: too many values resemble this one. Give more of the value.";
    throw new AppError("service_unavailable", { message, cause: error });
  }
}

/**
 * $1 the text, $2 the pattern of what contains it. Of values that hold the text alike, the shorter has more of it; only
 * those that are shown are read whole.
 */
function findLike(sql: Pick<Context["sql"], "query">, text: string, condition: string): Promise<IocRecord[]> {
  const pattern = condition.includes("$2") ? [`%${text.replace(/[\\%_]/g, "\\$&")}%`] : [];
  return selectRecords(
    { sql },
    `FROM (
       SELECT id AS ranked_id, word_similarity($1::text, value) AS within
       FROM (SELECT id, value FROM ioc WHERE ${condition} AND withdrawn_at IS NULL LIMIT ${maxCandidates}) candidate
       ORDER BY within DESC, length(value), value LIMIT ${maxMatches}
     ) ranked JOIN ioc ON id = ranked_id ORDER BY within DESC, length(value), value`,
    [text, ...pattern],
  );
}

/**
 * What of a query tells values apart, which a scheme and a top-level domain do not: with them, the index would offer
 * every other row. null where nothing can look alike: a whole hash resembles others by chance alone.
 */
export function similarText(q: string): string | null {
  const found = detect(q);
  if (found.ok && iocTypeCatalog[found.type].random) return null;
  const text = (found.ok ? found.value : q.trim()).toLowerCase();
  const bare = text.replace(/^[a-z]+:\/\/(?:www\.)?/, "");
  const named = found.ok && (found.type === "url" || found.type === "domain");
  const distinctive = named ? bare.replace(/^([^/?#:]+)\.[a-z][^./?#:]*/, "$1") : bare;
  const chosen = distinctive.length < leastForSimilar ? text : distinctive;
  // Without a letter or a digit there is no trigram, and the index would offer every row.
  if (!/[\p{L}\p{N}]/u.test(chosen)) return null;
  return chosen.length < leastForSimilar || chosen.length > mostForSimilar ? null : chosen;
}

/** Those of the same articles first, then those of the same feed and campaign. */
async function findRelated(ctx: Pick<Context, "sql">, matches: readonly IocRecord[]): Promise<IocRecord[]> {
  const ids = matches.map((match) => match.id);
  const named = await findNamedBeside(ctx, ids);
  if (named.length === maxRelated) return named;
  const known = [...ids, ...named.map(({ id }) => id)];
  return [...named, ...(await findOfCampaign(ctx, matches[0], known))].slice(0, maxRelated);
}

async function findNamedBeside(ctx: Pick<Context, "sql">, ids: readonly string[]): Promise<IocRecord[]> {
  if (ids.length === 0) return [];
  return selectRecords(
    ctx,
    // As arrays: without statistics a join would read all of either table.
    `FROM ioc WHERE id = ANY (ARRAY(
       SELECT ioc_id FROM article_ioc WHERE article_id = ANY (ARRAY(
         SELECT article_id FROM article_ioc WHERE ioc_id = ANY ($1::uuid[]) LIMIT ${maxArticles}))))
       AND id <> ALL ($1::uuid[]) AND withdrawn_at IS NULL
     ORDER BY updated_at DESC, id DESC LIMIT ${maxRelated}`,
    [ids],
  );
}

async function findOfCampaign(
  ctx: Pick<Context, "sql">,
  first: IocRecord | undefined,
  known: readonly string[],
): Promise<IocRecord[]> {
  if (first === undefined || (first.tags.length === 0 && first.malwareFamily === null)) return [];
  return selectRecords(
    ctx,
    `FROM (SELECT * FROM ioc ORDER BY updated_at DESC, id DESC LIMIT ${recentRecords}) ioc
     WHERE sources @> $1::text[] AND (tags && $2::text[] OR malware_family = $3::text) AND id <> ALL ($4::uuid[])
       AND withdrawn_at IS NULL
     ORDER BY updated_at DESC, id DESC LIMIT ${maxRelated}`,
    [[first.feedId], first.tags, first.malwareFamily, known],
  );
}
