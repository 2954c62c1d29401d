export { listRelations } from "./list-relations";
export { type Pivot, type Relations, relationsShape } from "./shape";
