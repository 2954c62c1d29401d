export { csvRow } from "./csv/cell";
export type { About, DocumentFormat, Pages } from "./format";
export { type DocumentFormatId, documentFormats } from "./registry";
