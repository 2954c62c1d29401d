export { addIndicators } from "./add-indicators";
export { changeIndicator, withdrawIndicator } from "./change-indicator";
export { type Imported, importLines } from "./import-lines";
export { getIndicator, listIndicators } from "./list-indicators";
export {
  addedIndicatorsShape,
  addIndicatorsInput,
  changeIndicatorInput,
  indicatorAnswerShape,
  indicatorListShape,
  indicatorPathInput,
  indicatorsCostOf,
  indicatorsPerRequest,
  listIndicatorsInput,
  maxIndicators,
} from "./shape";
export { lockStore } from "./write-drafts";
