export { findTouches, inTurns, type Touch, toWatch } from "./find-touches";
export { createFinder } from "./finder";
export { entryKeys } from "./keys";
export { articleSubject, iocSubject, type Subject } from "./subject";
export type { Watch } from "./touch";
export { type EntryKind, entryKinds, reasons } from "./vocabulary";
export { wordsOf } from "./words";
