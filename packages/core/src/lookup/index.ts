export { lookupIoc } from "./lookup-ioc";
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
