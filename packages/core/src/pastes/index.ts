export { getPaste, keepPaste, listPastes, prunePastes, removePaste } from "./keep-paste";
export { keepPasteInput, keptShape, pasteListShape, pastePathInput, pasteShape, removedPasteShape } from "./shape";
