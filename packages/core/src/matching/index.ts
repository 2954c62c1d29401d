export { findMatches, inTurns, type Match, toWatch } from "./find-matches";
export { createFinder } from "./finder";
export { entryKeys } from "./keys";
export { articleSubject, iocSubject, type Subject } from "./subject";
export { type EntryKind, entryKinds, reasons } from "./vocabulary";
export { type Watch, watchOf } from "./watch";
export { wordsOf } from "./words";
