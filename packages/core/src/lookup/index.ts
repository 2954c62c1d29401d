export {
  type BulkLookup,
  type BulkLookupInput,
  type BulkResult,
  bulkCostOf,
  bulkLookupInput,
  bulkLookupShape,
  fieldProblemShape,
  maxValues,
  valuesPerRequest,
} from "./bulk-shape";
export { lookupIoc } from "./lookup-ioc";
export { lookupMany } from "./lookup-many";
export {
  type Hunting,
  type Lookup,
  type LookupData,
  type LookupInput,
  type LookupSource,
  lookupInput,
  lookupShape,
  type Related,
  type Relation,
  relations,
} from "./shape";
export { subjectOf } from "./subject";
