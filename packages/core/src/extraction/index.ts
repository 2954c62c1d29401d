export { type ArticleCategory, articleCategories } from "./article-category";
export { type ArticleInput, type Extraction, extractArticle, extractInSteps } from "./extraction";
export type { Indicator } from "./indicators";
export { siteOf } from "./references";
export { type SeverityLabel, severityLabels } from "./severity";
export { findThreatNames, type NamedThreat } from "./threat-names";
