export { csvRow } from "./csv/cell";
export type { About, Document, DocumentFormat, OptionedFormat, Pages } from "./format";
export { type FeedEvent, mispFeedEvent, mispFeedEvents, mispFeedHashes, mispFeedManifest } from "./misp/feed";
export { mispEventShape, mispManifestShape } from "./misp/shape";
export { type DocumentFormatId, documentFormats } from "./registry";
export { mispSightings, type SightingDocument, stixSightings } from "./sightings/sightings";
export { stixIdentity, stixMarking } from "./stix/fixed-objects";
export { stixBundleShape, stixDocumentShape, stixObjectShape } from "./stix/shape";
export { type StixObject, type StixView, stixObject, viewOf } from "./stix/stix-object";
