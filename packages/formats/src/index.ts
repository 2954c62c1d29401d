export { csvRow } from "./csv/cell";
export type { About, Document, DocumentFormat, OptionedFormat, Pages } from "./format";
export { type FeedEvent, mispFeedEvent, mispFeedEvents, mispFeedHashes, mispFeedManifest } from "./misp/feed";
export { type DocumentFormatId, documentFormats } from "./registry";
export { stixIdentity, stixMarking } from "./stix/fixed-objects";
export { type StixObject, type StixView, stixObject, viewOf } from "./stix/stix-object";
