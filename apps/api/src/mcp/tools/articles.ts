import { articleShape } from "@tocsin/core/articles";
import { z } from "zod";
import { tool } from "../tool";

const listed = articleShape.pick({
  id: true,
  title: true,
  url: true,
  published_at: true,
  source_name: true,
  severity_label: true,
  threat_actors: true,
  malware_families: true,
  ioc_count: true,
});
const fields = Object.keys(listed.shape).join(",");
const pageMeta = z.object({ total: z.int(), next_cursor: z.string().nullable() });
/** Indicators of an article. */
const mostIocs = 100;

export const searchArticles = tool({
  title: "Search articles",
  description: "Advisories and reports by words, threat actor or technique, newest first; at most 20 a page.",
  input: z.object({
    query: z.string().min(1).max(300).optional().describe('Words; "a phrase", or, -without as in a web search.'),
    threat_actor: z.string().min(1).max(100).optional().describe("Only those that name this group."),
    technique: z.string().max(20).optional().describe("Only those that name this ATT&CK id."),
    since: z.iso.datetime().optional().describe("Only published at or after this UTC time."),
    limit: z.int().min(1).max(20).default(10),
    cursor: z.string().max(300).optional().describe("next_cursor of the page before, with the same filters."),
  }),
  output: z.object({ total: z.int(), next_cursor: z.string().nullable(), articles: z.array(listed) }),
  request: ({ query: q, technique: mitre_technique, ...rest }) => ({
    method: "GET",
    path: "/api/v1/articles",
    query: { ...rest, q, mitre_technique, fields },
  }),
  read: ({ data, meta }) => ({ ...pageMeta.parse(meta), articles: data }),
});

const ioc = z.object({ type: z.string(), value: z.string() });
const technique = z.object({ id: z.string(), name: z.string().nullable() });
const whole = listed.extend({
  summary: z.string().nullable(),
  cve_ids: z.array(z.string()),
  mitre_techniques: z.array(technique),
  iocs: z.preprocess((list) => (Array.isArray(list) ? list.slice(0, mostIocs) : list), z.array(ioc)),
});

export const getArticle = tool({
  title: "Get an article",
  description: `One article by its id: summary, CVEs, techniques and at most ${mostIocs} of its indicators.`,
  input: z.object({ id: z.uuid().describe("The id that search_articles gives.") }),
  output: whole,
  request: ({ id }) => ({ method: "GET", path: `/api/v1/articles/${id}` }),
});
