import type { Tool } from "../tool";
import { getArticle, searchArticles } from "./articles";
import { explainTechnique } from "./attack";
import { extractIndicators } from "./extract";
import { listIndicators, searchIndicators } from "./indicators";
import { buildHunt, lookupIndicator, lookupIndicators } from "./lookup";
import { reportSighting } from "./sightings";
import { listWatchlistMatches } from "./watchlists";

/** Every tool by its name. All but the last one read; that one needs a scope that no key has by default. */
export const tools: Readonly<Record<string, Tool>> = {
  lookup_indicator: lookupIndicator,
  lookup_indicators: lookupIndicators,
  extract_indicators: extractIndicators,
  search_indicators: searchIndicators,
  list_indicators: listIndicators,
  search_articles: searchArticles,
  get_article: getArticle,
  explain_technique: explainTechnique,
  build_hunting_queries: buildHunt,
  list_watchlist_matches: listWatchlistMatches,
  report_sighting: reportSighting,
};
