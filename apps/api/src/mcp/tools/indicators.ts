import { iocListShape, iocSearchShape } from "@tocsin/core/iocs/shape";
import { iocTypes } from "@tocsin/core/values";
import { z } from "zod";
import { tool } from "../tool";

const listed = iocListShape.shape.data.element.pick({
  type: true,
  value: true,
  confidence: true,
  risk_score: true,
  last_seen: true,
  tags: true,
  tlp: true,
});
/** Indicators of an answer. */
const most = 50;
const { data: found } = iocSearchShape.shape;
const pageMeta = z.object({ total: z.int(), next_cursor: z.string().nullable() });

export const searchIndicators = tool({
  title: "Search indicators by value",
  description: "Indicators whose value is or contains a text, such as a part of a domain; at most 20.",
  input: z.object({ query: z.string().min(2).max(500).describe("The value or a part of it, defanged or not.") }),
  output: z.object({ found: z.boolean(), total_matches: z.int(), matches: z.array(listed) }),
  request: ({ query: q }) => ({ method: "GET", path: "/api/v1/iocs/search", query: { q, include_related: false } }),
  read: (answer) => {
    const { found: any, matches, meta } = found.parse(answer.data);
    return { found: any, total_matches: meta.total_matches, matches: matches.slice(0, 20) };
  },
});

export const listIndicators = tool({
  title: "List indicators",
  description: `Indicators by when they were added or last changed here, newest first; at most ${most} a page, cursor for the next.`,
  input: z.object({
    type: z.enum(iocTypes).optional().describe("Only this type."),
    min_risk: z.int().min(0).max(100).optional().describe("Only this risk score or higher."),
    tag: z.string().min(1).max(100).optional().describe("Only with this tag, such as a malware family in lower case."),
    source: z.string().min(1).max(100).optional().describe("Only from this feed, by id or name."),
    since: z.iso.datetime().optional().describe("Only added or changed at or after this UTC time."),
    limit: z.int().min(1).max(most).default(20),
    cursor: z.string().max(200).optional().describe("next_cursor of the page before, with the same filters."),
  }),
  output: z.object({ total: z.int(), next_cursor: z.string().nullable(), indicators: z.array(listed) }),
  request: (query) => ({ method: "GET", path: "/api/v1/iocs", query }),
  read: ({ data, meta }) => ({ ...pageMeta.parse(meta), indicators: data }),
});
