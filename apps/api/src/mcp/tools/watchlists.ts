import { matchListShape } from "@tocsin/core/watchlists";
import { z } from "zod";
import { tool } from "../tool";

const match = matchListShape.shape.data.element;

export const listWatchlistMatches = tool({
  title: "List watchlist matches",
  description: "What matched the workspace's own watchlists: indicators and articles, newest first; at most 50 a page.",
  input: z.object({
    status: z.enum(["open", "acknowledged"]).default("open"),
    limit: z.int().min(1).max(50).default(20),
    cursor: z.string().max(40).optional().describe("next_cursor of the page before."),
  }),
  output: z.object({
    next_cursor: z.string().nullable(),
    matches: z.array(
      z.object({
        id: match.shape.id,
        watchlist: match.shape.watchlist,
        entry: match.shape.entry.pick({ kind: true, value: true, note: true }),
        reason: match.shape.reason,
        ioc: match.shape.ioc.unwrap().pick({ type: true, value: true, risk_score: true, threat_type: true }).nullable(),
        article: match.shape.article.unwrap().pick({ id: true, title: true, url: true }).nullable(),
      }),
    ),
  }),
  request: (query) => ({ method: "GET", path: "/api/v1/watchlists/matches", query }),
  read: ({ data, meta }) => ({ ...z.object({ next_cursor: z.string().nullable() }).parse(meta), matches: data }),
});
