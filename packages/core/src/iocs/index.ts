export { type Aged, ageIocs } from "./age-iocs";
export { analyseIngested } from "./analyse-ingested";
export { announceAttack } from "./announce-attack";
export { maxBatch, type Rejected } from "./batch";
export {
  type BriefIoc,
  type BriefIocs,
  briefIocShape,
  briefIocsFields,
  selectBriefs,
  selectLatestBriefs,
} from "./brief";
export type { Condition } from "./clause";
export type { Total } from "./count-iocs";
export { encodeCursor } from "./cursor";
export { decideFilters, type IocFilterInput, type IocFilters } from "./filter";
export { foldTally } from "./fold-tally";
export { type FeedStanding, type Forgotten, forgetEnded, forgetFeeds } from "./forget-feeds";
export { freeze, isRevoked, restore, revokedSql } from "./frozen";
export {
  type Ingested,
  type IngestInput,
  ingestIocs,
  type PreparedIngest,
  prepareIngest,
  writeIngest,
} from "./ingest-iocs";
export { type Judged, judgeFeeds } from "./judge-feeds";
export { lastChange } from "./last-change";
export { decideList, listIocs, maxDocument, type Reader } from "./list-iocs";
export { type IocExport, openExport } from "./open-export";
export { ownRowsOf, ownRowsOfIds, ownSightingsOfIds, ownSource } from "./own-records";
export { purgeIocs } from "./purge-iocs";
export { type FeedFacts, type FeedNature, feedNatures, type IocRecord } from "./record";
export { type RecordField, rowFields } from "./record-text";
export { type Rescored, rescoreIocs } from "./rescore-iocs";
export { type Retracted, retractRecords } from "./retract-records";
export { type RiskLevel, recencySteps, riskFormula, riskLevels } from "./risk-formula";
export { levelOf, type Risk, type RiskFactor, type RiskFacts, scoreRisk } from "./score";
export { confidenceSql, type RiskColumns, riskScoreSql, storedColumns } from "./score-sql";
export { candidateIds, searchIocs } from "./search-iocs";
export { selectRecords } from "./select-iocs";
export * from "./shape";
export { listSourceDays, lookbackFloor, type SourceDay, streamByFirstSeen } from "./source-days";
export { passedOnSql, withholds } from "./withheld";
