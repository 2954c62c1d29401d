export { answerExtract } from "./answer-extract";
export { type ArticleCategory, articleCategories } from "./article-category";
export { type ArticleInput, type Extraction, extractArticle, extractInSteps } from "./extraction";
export type { Indicator } from "./indicators";
export { readText, type TextFindings } from "./read-text";
export { siteOf } from "./references";
export { type SeverityLabel, severityLabels } from "./severity";
export { charactersPerRequest, extractCostOf, extractInput, extractShape, longestText } from "./shape";
export { findThreatNames, type NamedThreat } from "./threat-names";
