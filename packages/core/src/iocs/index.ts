export { networksAround } from "./address";
export { type Aged, ageIocs } from "./age-iocs";
export { maxBatch, type Rejected } from "./batch";
export { countIocs, type Total } from "./count-iocs";
export { decodeCursor, encodeCursor, type Position } from "./cursor";
export { type Detected, detect, resolveAs } from "./detect";
export { decideFilters, type IocFilterInput, type IocFilters } from "./filter";
export { isRevoked } from "./frozen";
export { type Industry, industries, industryOf } from "./industry";
export {
  type Ingested,
  type IngestInput,
  ingestIocs,
  type PreparedIngest,
  prepareIngest,
  writeIngest,
} from "./ingest-iocs";
export { iocId, stixId } from "./ioc-id";
export { isoTime } from "./iso-time";
export { lastChange } from "./last-change";
export { decideList, listIocs, maxDocument, type Reader } from "./list-iocs";
export { type Normalised, normalise } from "./normalise";
export * from "./observation";
export { type IocExport, openExport } from "./open-export";
export { purgeIocs } from "./purge-iocs";
export { type FeedFacts, type IocRecord, type Tlp, tlps } from "./record";
export { type RecordField, rowFields } from "./record-text";
export { refang } from "./refang";
export { isReserved } from "./reserved";
export { type Retracted, retractRecords } from "./retract-records";
export { type RiskLevel, recencySteps, riskFormula, riskLevels } from "./risk-formula";
export { levelOf, type Risk, type RiskFactor, type RiskFacts, scoreRisk } from "./score";
export { candidateIds, searchIocs } from "./search-iocs";
export { conditionOf, selectRecords } from "./select-iocs";
export * from "./shape";
export { listSourceDays, lookbackFloor, type SourceDay, streamByFirstSeen } from "./source-days";
export { isTechnique } from "./technique";
