export { type Address, formatAddress, maskAddress, networksAround, parseIpv4, parseIpv6, widthOf } from "./address";
export {
  type Collection,
  collections,
  findCollection,
  type Kind,
  kindOf,
  kinds,
  kindsOf,
  stixTypeOf,
} from "./collections";
export { type Detected, detect, resolveAs } from "./detect";
export { hostOf } from "./host-of";
export { type Industry, industries, industryOf } from "./industry";
export { categoryShape, confidenceShape, exampleIocId, iocTypeShape, riskScore, tlpShape } from "./ioc-fields";
export { iocId, recordId, stixId } from "./ioc-id";
export { addressAllowed, addressBucket, formatCidr, formatIp, parseCidr, parseIp } from "./ip";
export { isoTime } from "./iso-time";
export { formatNetwork, type Network, networkOf, relationOf } from "./network";
export { findTextProblem, normalise } from "./normalise";
export {
  type Category,
  type Confidence,
  categories,
  confidences,
  type IocType,
  iocTypes,
  type Observation,
} from "./observation";
export { isPublicAddress } from "./public-address";
export { commaList, queryBoolean, queryTime } from "./query-text";
export { refang } from "./refang";
export { isReserved } from "./reserved";
export { isTechnique } from "./technique";
export { type Tlp, tlps } from "./tlp";
export {
  type Warninglist,
  type WarninglistFacts,
  type Warninglists,
  warninglistEffects,
  warninglistKinds,
} from "./warninglist";
export {
  answerMetaShape,
  countOf,
  exampleKeyId,
  keyId,
  metaFields,
  nextCursor,
  timeOf,
  timeOrNull,
  timestamp,
  utcDay,
  uuid,
} from "./wire-fields";
