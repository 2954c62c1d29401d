export { type Detected, detect, resolveAs } from "./detect";
export { iocId } from "./ioc-id";
export { type Normalised, normalise } from "./normalise";
export * from "./observation";
export { type FeedFacts, type IocRecord, type Tlp, tlps } from "./record";
export { refang } from "./refang";
export { isReserved } from "./reserved";
export * from "./shape";
