export { networksAround } from "./address";
export { maxBatch, type Rejected } from "./batch";
export { countIocs, type Total } from "./count-iocs";
export { decodeCursor, encodeCursor, type Position } from "./cursor";
export { type Detected, detect, resolveAs } from "./detect";
export { decideFilters, type IocFilterInput, type IocFilters } from "./filter";
export { type Industry, industries, industryOf } from "./industry";
export { type Ingested, type IngestInput, ingestIocs } from "./ingest-iocs";
export { iocId } from "./ioc-id";
export { decideList, listIocs, maxDocument, type Reader } from "./list-iocs";
export { type Normalised, normalise } from "./normalise";
export * from "./observation";
export { type IocExport, openExport } from "./open-export";
export { type FeedFacts, type IocRecord, type Tlp, tlps } from "./record";
export { refang } from "./refang";
export { isReserved } from "./reserved";
export {
  levelOf,
  type Risk,
  type RiskFactor,
  type RiskFacts,
  type RiskLevel,
  riskFormula,
  riskLevels,
  scoreRisk,
} from "./score";
export { candidateIds, searchIocs } from "./search-iocs";
export { conditionOf, selectRecords } from "./select-iocs";
export * from "./shape";
export { listSourceDays, lookbackFloor, type SourceDay, streamByFirstSeen } from "./source-days";
