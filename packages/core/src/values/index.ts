export {
  type Address,
  formatAddress,
  formatNetwork,
  lastAddress,
  maskAddress,
  type Network,
  networkAt,
  networkHolds,
  networksAround,
  parseAddress,
  parseIpv4,
  parseIpv6,
  parseNetwork,
  quadOf,
  relationOf,
  widthOf,
} from "./address";
export { addressAllowed, addressBucket } from "./address-rules";
export {
  type Collection,
  collections,
  findCollection,
  kindOf,
  kindsOf,
  stixTypeOf,
} from "./collections";
export { type Detected, detect, resolveAs } from "./detect";
export { hostOf, hostOfUrl } from "./host-of";
export { type Industry, industries, industryOf } from "./industry";
export { categoryShape, confidenceShape, exampleIocId, iocTypeShape, riskScore, tlpShape } from "./ioc-fields";
export { iocId, recordId, stixId } from "./ioc-id";
export {
  anyIocInWords,
  eachIocType,
  type IocType,
  type IocTypeEntry,
  iocTypeAliases,
  iocTypeCatalog,
  iocTypeNames,
  iocTypes,
  isIocType,
  type Kind,
  kinds,
  type RecencyStep,
} from "./ioc-types";
export { isoTime } from "./iso-time";
export { alternativeRoots, documentationRoots } from "./name-roots";
export { normalForm } from "./normal-form";
export { findTextProblem, normalise } from "./normalise";
export {
  type Category,
  type Confidence,
  categories,
  confidenceOf,
  confidences,
  type Observation,
} from "./observation";
export { commaList, queryBoolean, queryTime } from "./query-text";
export { readTlp, strictestOf, tlpMarkings, tlpOfMarking, tlpOfTags } from "./read-tlp";
export { refang } from "./refang";
export { loggedUrls, requestUrl } from "./request-url";
export { resolveObservation } from "./resolve-observation";
export { isSampleFeed, type SampleFeedId, sampleFeedIds } from "./sample-feeds";
export { isPublicAddress, isReserved, reservedNetworks } from "./special-ranges";
export { isTechnique } from "./technique";
export { strictestTlp, type Tlp, tlps } from "./tlp";
export {
  type Warninglist,
  type WarninglistFacts,
  type Warninglists,
  warninglistEffects,
  warninglistKinds,
} from "./warninglist";
export { normaliseDomain } from "./web-address";
export {
  answerMetaShape,
  countOf,
  exampleKeyId,
  keyId,
  longestId,
  metaFields,
  nextCursor,
  timeCursor,
  timeOf,
  timeOrNull,
  timestamp,
  totalExact,
  utcDay,
  uuid,
} from "./wire-fields";
export { plainForm, plainForms, samenessOf } from "./written-forms";
